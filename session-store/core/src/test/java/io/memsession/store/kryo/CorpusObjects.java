package io.memsession.store.kryo;

import io.memsession.store.kryo.Samples.Cart;
import io.memsession.store.kryo.Samples.Item;
import io.memsession.store.kryo.Samples.OfBase;
import io.memsession.store.kryo.Samples.Outer;
import io.memsession.store.kryo.Samples.Point;
import io.memsession.store.kryo.Samples.Ring;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Applications' own objects: plain ones, records, graphs, and those with a say in their form. */
@SuppressWarnings({"all", "unchecked"}) // identity and odd styles are the point here
final class CorpusObjects {
    private CorpusObjects() {}

    static void fill(Corpus corpus) {
        plain(corpus);
        graphs(corpus);
        withASay(corpus);
        functions(corpus);
    }

    private static void plain(Corpus corpus) {
        record Local(String text) implements Serializable {}
        corpus.kryo("record", new Point(1, 2), new Samples.Nothing(), new Local("l"), new Samples.Positive(1))
                .kryo("record of everything", everything(null), everything(new Item("a", "1", 2)))
                .kryo("item", new Item("a", "9.90", 3), new Samples.SpecialItem("s"), new Samples.PublicFields(2.5))
                .when('K', "transient field", new Item("a", "1", 1), (a, b) -> b.display == null)
                .kryo("generic", new Samples.Generic<>("a", new ArrayList<>(List.of("a", "b"))))
                .kryo("generic of map", new Samples.Generic<>(new HashMap<>(Map.of(1, List.of("a"))), List.of()))
                .when(
                        'K',
                        "inner",
                        new Outer("o").inner,
                        (a, b) -> b.outerName().equals("o1"))
                .when(
                        'K',
                        "outer",
                        new Outer("o"),
                        (a, b) -> b.inner.outerName().equals("o1"))
                .when('K', "plain base", new OfBase(7), (a, b) -> b.n == 7 && b.set.equals("by the base's constructor"))
                .kryo("comparator", new Samples.ByLength())
                .kryo("list of records", new ArrayList<>(List.of(new Point(1, 2), new Point(3, 4))))
                .kryo("map of items", new HashMap<>(Map.of("a", new Item("a", "1", 1), "b", new Item("b", "2", 2))));
    }

    private static Samples.Everything everything(Object any) {
        List<Point> points = List.of(new Point(1, 1));
        return new Samples.Everything(
                true, (byte) 1, 'c', (short) 2, 3, 4L, 5f, 6d, any == null ? null : "t", points, any);
    }

    private static void graphs(Corpus corpus) {
        Ring ring = new Ring();
        ring.next = new Ring();
        ring.next.next = ring;
        ring.array = new Object[] {ring, null};
        ring.array[1] = ring.array;
        ring.list = new ArrayList<>(List.of(ring));
        ring.list.add(ring.list);
        Item shared = new Item("s", "1", 1);
        List<Object> viewOfItself = new ArrayList<>();
        viewOfItself.add(Collections.unmodifiableList(viewOfItself));
        List<Object> inItsView = new ArrayList<>();
        inItsView.add(Collections.unmodifiableCollection(inItsView));
        Date date = new Date(5);
        corpus.when('K', "ring", ring, CorpusObjects::isRing)
                .when('K', "shared", new ArrayList<>(List.of(shared, shared)), (a, b) -> b.get(0) == b.get(1))
                .when('K', "shared date", new ArrayList<>(List.of(date, date)), (a, b) -> b.get(0) == b.get(1))
                .when('K', "cart", new Cart().with(shared).with(new Item("t", "2", 2)), CorpusObjects::isCart)
                .when('K', "list in its view", viewOfItself, (a, b) -> ((List<?>) b.get(0)).get(0) == b.get(0))
                .when(
                        'J',
                        "view of itself",
                        inItsView.get(0),
                        (a, b) -> ((Collection<?>) b).iterator().next() == b)
                .when('K', "view and list", listAndView(), CorpusObjects::isView)
                .when('K', "deep", deep(100), (a, b) -> depth(b) == 100);
    }

    private static boolean isRing(Ring a, Ring b) {
        return b.next.next == b
                && b.array[0] == b
                && b.array[1] == b.array
                && b.list.get(0) == b
                && b.list.get(1) == b.list;
    }

    private static boolean isCart(Cart a, Cart b) {
        boolean same = a.items.equals(b.items) && a.byName.equals(b.byName);
        boolean identity = b.byName.get("s") == b.items.get(0) && b.last == b.items.get(1);
        b.with(new Item("u", "3", 3));
        return same && identity && b.view.size() == 3 && b.mapView.size() == 3;
    }

    private static Object[] listAndView() {
        List<Object> list = new ArrayList<>(List.of(1));
        return new Object[] {Collections.synchronizedList(list), Collections.unmodifiableList(list), list};
    }

    private static boolean isView(Object[] a, Object[] b) {
        ((List<Object>) b[2]).add(2);
        return b[0].equals(List.of(1, 2)) && b[1].equals(List.of(1, 2));
    }

    private static Ring deep(int depth) {
        Ring ring = new Ring();
        Ring last = ring;
        for (int i = 1; i < depth; i++) {
            last.next = new Ring();
            last = last.next;
        }
        return ring;
    }

    private static int depth(Ring ring) {
        return ring == null ? 0 : 1 + depth(ring.next);
    }

    private static void withASay(Corpus corpus) {
        Samples.MyMap map = new Samples.MyMap();
        map.put("a", "b");
        map.owner = "you";
        Samples.Lru lru = new Samples.Lru(2);
        lru.put("a", 1);
        corpus.java("own map", map, lru)
                .when('J', "own list", new Samples.MyList(), (a, b) -> b.created.equals(a.created))
                .when('J', "singleton", Samples.Singleton.INSTANCE, (a, b) -> a == b)
                .when(
                        'J',
                        "singleton in a list",
                        new ArrayList<>(List.of(Samples.Singleton.INSTANCE)),
                        (a, b) -> b.get(0) == Samples.Singleton.INSTANCE)
                .when('J', "hooks", new Samples.Hooked("s"), (a, b) -> b.secret.equals("s"))
                .when('J', "validating", new Samples.Validating(), (a, b) -> b.n == 1)
                .when('J', "persistent fields", new Samples.PersistentFields(), (a, b) -> b.dropped == null)
                .when('J', "external", new Samples.External("e"), (a, b) -> b.text.equals("e"))
                .java("record with a form", new Samples.Proxied("p"))
                .when(
                        'J',
                        "exception",
                        new IllegalStateException("s", new RuntimeException("c")),
                        (a, b) -> b.getCause().getMessage().equals("c") && b.getStackTrace().length > 0)
                .when('J', "anonymous list", Anonymous.list(), (a, b) -> b.equals(List.of("x")))
                .when('J', "date of an application", new MyDate(5), (a, b) -> b.note.equals("n") && b.getTime() == 5);
    }

    private static final class MyDate extends Date {
        private static final long serialVersionUID = 1;
        final String note = String.valueOf('n');

        MyDate(long time) {
            super(time);
        }
    }

    private static final class Anonymous {
        @SuppressWarnings({"all", "serial"})
        static List<String> list() {
            return new ArrayList<>() {
                {
                    add("x");
                }
            };
        }
    }

    private static void functions(Corpus corpus) {
        String captured = "captured";
        Samples.WithLambda lambda = new Samples.WithLambda(() -> captured);
        Samples.WithLambda reference = new Samples.WithLambda(captured::toString);
        Comparator<Point> comparator = (Comparator<Point> & Serializable) (a, b) -> Integer.compare(a.x(), b.x());
        TreeSet<Point> points = new TreeSet<>(comparator);
        points.addAll(List.of(new Point(2, 1), new Point(1, 2)));
        Function<?, ?> proxy = (Function<?, ?>) Proxy.newProxyInstance(
                CorpusObjects.class.getClassLoader(), new Class<?>[] {Function.class}, new Echo());
        corpus.when('J', "lambda", lambda, (a, b) -> b.supplier.get().equals("captured"))
                .when(
                        'J',
                        "method reference",
                        reference,
                        (a, b) -> b.supplier.get().equals("captured"))
                .when('J', "set by a lambda", points, (a, b) -> b.first().x() == 1 && b.size() == 2)
                .when(
                        'J',
                        "proxy",
                        new ArrayList<>(List.of(proxy)),
                        (a, b) -> call(b.get(0)).equals("apply"))
                .kryo("nothing but an optional", new ArrayList<>(List.of(Optional.of(1))));
    }

    private static Object call(Object function) {
        return ((Function<Object, Object>) function).apply("x");
    }

    private static final class Echo implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return method.getName();
        }
    }
}
