package io.memsession.store.kryo;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Objects that sessions hold, each with what makes its copy the same. */
final class Corpus {
    private final List<Case> cases = new ArrayList<>();

    /**
     * An object.
     *
     * @param mode how it is expected to be written
     */
    record Case(String name, Object value, char mode, BiPredicate<Object, Object> same) {
        boolean isSame(Object other) {
            return other.getClass() == value.getClass() && same.test(value, other);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Case> all() {
        return groups().values().stream().flatMap(List::stream).toList();
    }

    /** The cases of the JDK's and of applications' classes, by group. */
    static Map<String, List<Case>> groups() {
        Map<String, List<Case>> groups = new LinkedHashMap<>();
        groups.put("JDK values", cases(CorpusValues::fill));
        groups.put("JDK collections", cases(CorpusCollections::fill));
        groups.put("application objects", cases(CorpusObjects::fill));
        return groups;
    }

    /** What the group fills in. */
    static List<Case> cases(Consumer<Corpus> group) {
        Corpus corpus = new Corpus();
        group.accept(corpus);
        return corpus.cases;
    }

    Corpus kryo(String name, Object... values) {
        return add('K', name, values);
    }

    Corpus java(String name, Object... values) {
        return add('J', name, values);
    }

    private Corpus add(char mode, String name, Object... values) {
        for (int i = 0; i < values.length; i++) {
            cases.add(new Case(values.length == 1 ? name : name + " " + i, values[i], mode, Corpus::sameContent));
        }
        return this;
    }

    @SuppressWarnings("unchecked")
    <T> Corpus when(char mode, String name, T value, BiPredicate<T, T> same) {
        cases.add(new Case(name, value, mode, (BiPredicate<Object, Object>) same));
        return this;
    }

    /** Equal; or equal as arrays; or, for classes without equals, equal in Java serialization. */
    static boolean sameContent(Object a, Object b) {
        if (a.getClass().isArray()) {
            return sameArray(a, b);
        }
        return Objects.equals(a, b) || Arrays.equals(javaForm(a), javaForm(b));
    }

    private static boolean sameArray(Object a, Object b) {
        return Array.getLength(a) == Array.getLength(b) && Arrays.deepEquals(new Object[] {a}, new Object[] {b});
    }

    private static byte[] javaForm(Object o) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(o);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
