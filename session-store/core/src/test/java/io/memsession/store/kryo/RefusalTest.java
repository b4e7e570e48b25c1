package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.CompositeName;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"all", "serial"}) // odd objects are the point here
class RefusalTest {
    private static final ClassLoader LOADER = RefusalTest.class.getClassLoader();
    private final AttributeCodec codec = new KryoAttributeCodec(LOADER);

    private void assertRefused(Object value, String... words) {
        assertThatThrownBy(() -> codec.encode(value))
                .isInstanceOf(AttributeCodecException.class)
                .message()
                .doesNotContain("\n")
                .contains(words);
    }

    @Test
    void namesTheClassThatIsNotSerializable() {
        assertRefused(new Samples.Account(), Samples.Account.class.getName(), "not Serializable");
        assertRefused(new Object(), "java.lang.Object");
        assertRefused(new Thread(), "java.lang.Thread");
    }

    @Test
    void namesTheFieldsThatLeadToIt() {
        assertRefused(
                new Samples.Shop(),
                "class " + Samples.Account.class.getName() + " is not Serializable",
                "Samples$Shop.customers > ",
                "Samples$Customer.account");
    }

    @Test
    void namesClassAndFieldsAlsoInJavaMode() {
        assertRefused(
                new Hashtable<>(Map.of(1, new Samples.Shop())),
                "class " + Samples.Account.class.getName() + " is not Serializable",
                "(at [value 0] > ",
                "Samples$Shop.customers[0] > ",
                "Samples$Customer.account)");
    }

    @Test
    void namesTheFieldOfAnExceptionAndOfAClassThatWritesItself() {
        assertRefused(new Failure(new Samples.Customer()), "RefusalTest$Failure.about > ", "Samples$Customer.account)");
        assertRefused(
                new IllegalStateException(new Failure(new Object())), "(at cause > ", "RefusalTest$Failure.about)");
        assertRefused(new Delegate(new Samples.Account()), "(at ", "RefusalTest$Delegate.written)");
        assertRefused(new FlashOf(new Samples.Account()), "(at [value 0])");
    }

    @Test
    void namesOnlyTheClassWhereNoFieldLeadsToIt() {
        assertRefused(new Replaced(), Samples.Account.class.getName() + " is not Serializable");
    }

    @Test
    void refusesViewsThatJavaRefuses() {
        Map<String, String> map = new HashMap<>(Map.of("a", "b"));
        assertRefused(new Object[] {map, map.keySet()}, "HashMap$KeySet");
        assertRefused(Collections.unmodifiableCollection(map.values()), "HashMap$Values");
        assertRefused(List.of(1, 2, 3).subList(0, 2), "SubList");
        assertRefused(Collections.unmodifiableList(new ArrayList<>(List.of(1, 2)).subList(0, 1)), "SubList");
    }

    @Test
    void refusesWhatOnlyKryoCanWriteBesideWhatOnlyJavaCan() {
        assertRefused(new ArrayList<>(Arrays.asList(Optional.of(1), new Hashtable<>())), "java.util.Optional");
    }

    @Test
    void refusesALambdaThatIsNotSerializable() {
        Runnable lambda = () -> {};
        assertRefused(new ArrayList<>(List.of(lambda)), "RefusalTest$$Lambda");
    }

    @Test
    void refusesAClassThatCouldNotBeCreatedAgain() {
        assertRefused(new Samples.OfStubborn(), "Samples$OfStubborn", "constructor without arguments");
        assertRefused(new Hashtable<>(Map.of(1, new Samples.OfStubborn())), "Samples$OfStubborn");
    }

    @Test
    void refusesARecordThatIsPartOfItself() {
        Samples.Node node = new Samples.Node("n", new ArrayList<>());
        node.others().add(node);
        assertRefused(node, "Samples$Node", "part of itself");
    }

    @Test
    void refusesAViewThatIsPartOfItselfIfJavaReplacesIt() {
        List<Object> list = new ArrayList<>();
        List<Object> view = Collections.unmodifiableList(list);
        list.add(view);
        assertRefused(view, "Collections$UnmodifiableRandomAccessList", "part of itself");
    }

    @Test
    void msm253RefusesDeniedClasses() throws Exception {
        assertRefused(new CompositeName("a"), "javax.naming.CompositeName", "denied");
        assertRefused(new Hashtable<>(Map.of(1, new CompositeName("a"))), "javax.naming.CompositeName", "denied");
        assertRefused(javax.naming.Name.class, "javax.naming.Name", "denied");
    }

    @Test
    void refusesAClassOfAnotherApplication() throws Exception {
        URL classes = Samples.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader other = new URLClassLoader(new URL[] {classes}, null)) {
            Class<?> point = other.loadClass(Samples.Point.class.getName());
            var constructor = point.getDeclaredConstructor(int.class, int.class);
            constructor.setAccessible(true);
            assertRefused(constructor.newInstance(1, 2), "Samples$Point", "class loader");
            assertRefused(new Hashtable<>(Map.of(1, constructor.newInstance(1, 2))), "Samples$Point");
        }
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        List<Object> root = new ArrayList<>();
        List<Object> last = root;
        for (int i = 0; i < 100_000; i++) {
            List<Object> next = new ArrayList<>();
            last.add(next);
            last = next;
        }
        assertRefused(root, "java.util.ArrayList");
        assertRefused(new Hashtable<>(Map.of(1, root)), "java.util.Hashtable");
    }

    @Test
    void triesAgainWhenTheValueIsBeingChanged() throws Exception {
        byte[] bytes = codec.encode(new Restless(2));

        assertThat(codec.decode(bytes, 0, bytes.length)).isInstanceOf(Restless.class);
    }

    @Test
    void givesUpOnAValueThatDoesNotComeToRest() {
        assertRefused(new Restless(1000), "Restless", "ConcurrentModificationException");
    }

    @Test
    void goesOnAfterARefusal() throws Exception {
        assertRefused(new Samples.Shop(), "not Serializable");
        byte[] bytes = codec.encode(List.of(1, 2));

        assertThat(codec.decode(bytes, 0, bytes.length)).isEqualTo(List.of(1, 2));
    }

    private static final class Failure extends RuntimeException {
        private final Object about;

        Failure(Object about) {
            this.about = about;
        }
    }

    private static final class Delegate implements Serializable {
        private final transient Object written;

        Delegate(Object written) {
            this.written = written;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.writeObject(written);
        }
    }

    private static final class FlashOf extends HashMap<String, Object> {
        FlashOf(Object value) {
            put("key", value);
        }
    }

    private static final class Replaced implements Serializable {
        private Object writeReplace() {
            return new Delegate(new Samples.Account());
        }
    }

    private static final class Restless implements Serializable {
        private transient int times;

        Restless(int times) {
            this.times = times;
        }

        private void writeObject(ObjectOutputStream out) {
            if (times-- > 0) {
                throw new ConcurrentModificationException();
            }
        }
    }
}
