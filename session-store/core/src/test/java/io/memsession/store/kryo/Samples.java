package io.memsession.store.kryo;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Classes as applications have them in their sessions. */
@SuppressWarnings({"all", "serial"}) // on purpose: applications are not written to our taste
final class Samples {
    private Samples() {}

    enum Plain {
        ONE,
        TWO,
        THREE
    }

    enum WithBody {
        PLUS {
            @Override
            int apply(int a, int b) {
                return a + b;
            }
        },
        MINUS {
            @Override
            int apply(int a, int b) {
                return a - b;
            }
        };

        abstract int apply(int a, int b);
    }

    enum Empty {}

    record Point(int x, int y) implements Serializable {}

    record Everything(
            boolean z,
            byte b,
            char c,
            short s,
            int i,
            long l,
            float f,
            double d,
            String t,
            List<Point> points,
            Object any)
            implements Serializable {}

    record Nothing() implements Serializable {}

    record Positive(int n) implements Serializable {
        Positive {
            if (n < 0) {
                throw new IllegalArgumentException("negative");
            }
        }
    }

    record Proxied(String text) implements Serializable {
        private Object writeReplace() {
            return new ProxiedForm(text);
        }
    }

    record ProxiedForm(String text) implements Serializable {
        private Object readResolve() {
            return new Proxied(text);
        }
    }

    record Node(String name, List<Object> others) implements Serializable {}

    static class Item implements Serializable {
        final String name;
        private final BigDecimal price;
        protected int count;
        transient String display = "set by the constructor";

        Item(String name, String price, int count) {
            this.name = name;
            this.price = new BigDecimal(price);
            this.count = count;
        }

        @Override
        public boolean equals(Object o) {
            return o != null
                    && o.getClass() == getClass()
                    && ((Item) o).name.equals(name)
                    && ((Item) o).price.equals(price)
                    && ((Item) o).count == count;
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    static final class SpecialItem extends Item {
        final String name; // hides the other one

        SpecialItem(String name) {
            super("base " + name, "1.50", 1);
            this.name = name;
        }

        @Override
        public boolean equals(Object o) {
            return super.equals(o) && ((SpecialItem) o).name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    public static final class PublicFields implements Serializable {
        public int number = 5;
        public String text = "t";
        public Object[] objects = {1, "two", null};
        public volatile long big = Long.MAX_VALUE;
        public final double fixed;

        public PublicFields(double fixed) {
            this.fixed = fixed;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof PublicFields p
                    && p.number == number
                    && Objects.equals(p.text, text)
                    && Arrays.equals(p.objects, objects)
                    && p.big == big
                    && p.fixed == fixed;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    static final class Cart implements Serializable {
        final List<Item> items = new ArrayList<>();
        final List<Item> view = Collections.unmodifiableList(items);
        final Map<String, Item> byName = new LinkedHashMap<>();
        final Map<String, Item> mapView = Collections.unmodifiableMap(byName);
        Item last;

        Cart with(Item item) {
            items.add(item);
            byName.put(item.name, item);
            last = item;
            return this;
        }
    }

    static final class Outer implements Serializable {
        final String name;
        final Inner inner = new Inner();

        Outer(String name) {
            this.name = name;
        }

        final class Inner implements Serializable {
            final int n = 1;

            String outerName() {
                return name + n;
            }
        }
    }

    static class Base {
        String set = "by the base's constructor";
    }

    static final class OfBase extends Base implements Serializable {
        final int n;

        OfBase(int n) {
            this.n = n;
            set = "later";
        }
    }

    static class Stubborn {
        final int n;

        Stubborn(int n) {
            this.n = n;
        }
    }

    static final class OfStubborn extends Stubborn implements Serializable {
        OfStubborn() {
            super(1);
        }
    }

    static final class Ring implements Serializable {
        Ring next;
        Object[] array;
        List<Object> list;
    }

    static final class MyMap extends HashMap<String, String> {
        String owner = "me";

        @Override
        public boolean equals(Object o) {
            return o instanceof MyMap m && super.equals(m) && m.owner.equals(owner);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    static final class Lru extends LinkedHashMap<String, Integer> {
        final int limit;

        Lru(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > limit;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Lru l && super.equals(l) && l.limit == limit;
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    static final class MyList extends ArrayList<Object> {
        final Date created = new Date(0);
    }

    static final class Singleton implements Serializable {
        static final Singleton INSTANCE = new Singleton();

        private Object readResolve() {
            return INSTANCE;
        }
    }

    static final class Hooked implements Serializable {
        transient String secret;

        Hooked(String secret) {
            this.secret = secret;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeUTF(secret);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            secret = in.readUTF();
        }
    }

    static final class Validating implements Serializable {
        int n = 1;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (n < 0) {
                throw new InvalidObjectException("negative");
            }
        }
    }

    static final class PersistentFields implements Serializable {
        private static final ObjectStreamField[] serialPersistentFields = {new ObjectStreamField("kept", String.class)};
        String kept = "kept";
        String dropped = "dropped";
    }

    public static final class External implements Externalizable {
        String text = "";

        public External() {}

        External(String text) {
            this.text = text;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF(text);
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            text = in.readUTF();
        }
    }

    static final class WithLambda implements Serializable {
        final SerializableSupplier supplier;

        WithLambda(SerializableSupplier supplier) {
            this.supplier = supplier;
        }
    }

    interface SerializableSupplier extends Supplier<String>, Serializable {}

    static final class ByLength implements Comparator<String>, Serializable {
        @Override
        public int compare(String a, String b) {
            return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof ByLength;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    static final class Account {
        String holder = "not Serializable";
    }

    static final class Customer implements Serializable {
        Object account = new Account();
    }

    static final class Shop implements Serializable {
        List<Object> customers = List.of(new Customer());
    }

    static final class Generic<T, C extends Collection<T>> implements Serializable {
        T one;
        C many;

        Generic(T one, C many) {
            this.one = one;
            this.many = many;
        }

        @Override
        public boolean equals(Object o) {
            return o instanceof Generic<?, ?> g && g.one.equals(one) && g.many.equals(many);
        }

        @Override
        public int hashCode() {
            return one.hashCode();
        }
    }
}
