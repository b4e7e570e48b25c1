package io.memsession.store.kryo;

import static java.util.Collections.emptyNavigableMap;
import static java.util.Collections.nCopies;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The JDK's collections, maps, and what is wrapped around them. */
@SuppressWarnings({"all", "unchecked"}) // old classes are the point here
final class CorpusCollections {
    private CorpusCollections() {}

    private static final List<Object> MIXED = Arrays.asList("a", 1, null, 2L, "a", List.of(1));

    static void fill(Corpus corpus) {
        collections(corpus);
        maps(corpus);
        immutable(corpus);
        views(corpus);
        leftToJava(corpus);
    }

    private static void collections(Corpus corpus) {
        corpus.kryo("list", new ArrayList<>(), new ArrayList<>(MIXED), new LinkedList<>(MIXED))
                .kryo("large list", IntStream.range(0, 10_000).boxed().collect(Collectors.toCollection(ArrayList::new)))
                .kryo("set", new HashSet<>(MIXED), new HashSet<>())
                .when('K', "ordered set", new LinkedHashSet<>(List.of(3, 1, 2)), CorpusCollections::sameOrder)
                .when('K', "sorted set", new TreeSet<>(List.of(3, 1, 2)), CorpusCollections::sameOrder)
                .when('K', "reversed set", reversed(3, 1, 2), CorpusCollections::sameOrder)
                .kryo("enum set", EnumSet.of(Samples.Plain.ONE), EnumSet.noneOf(Samples.WithBody.class))
                .when('K', "queue", new ArrayDeque<>(List.of(1, 2)), CorpusCollections::sameOrder)
                .when('K', "linked queue", new ConcurrentLinkedQueue<>(List.of(1)), CorpusCollections::sameOrder)
                .when('K', "linked deque", new ConcurrentLinkedDeque<>(List.of(1)), CorpusCollections::sameOrder)
                .kryo("copy on write", new CopyOnWriteArrayList<>(MIXED), new CopyOnWriteArraySet<>(MIXED))
                .kryo("set of sets", new HashSet<>(Set.of(new HashSet<>(Set.of(new HashSet<>(Set.of(1)))))));
    }

    private static Set<Integer> reversed(Integer... elements) {
        TreeSet<Integer> set = new TreeSet<>(Collections.reverseOrder());
        set.addAll(List.of(elements));
        return set;
    }

    private static void maps(Corpus corpus) {
        Map<String, Object> content = Map.of("a", 1, "b", "two", "c", List.of());
        Map<String, Object> nulls = new HashMap<>();
        nulls.put(null, 1);
        nulls.put("n", null);
        TreeMap<String, Object> insensitive = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        insensitive.put("Content-Type", "text/html");
        TreeMap<String, Object> natural = new TreeMap<>(Comparator.<String>naturalOrder());
        natural.putAll(content);
        TreeMap<String, Object> byLength = new TreeMap<>(new Samples.ByLength());
        byLength.putAll(Map.of("aaa", 1, "b", 2));
        EnumMap<Samples.Plain, Object> enums = new EnumMap<>(Map.of(Samples.Plain.TWO, 2, Samples.Plain.ONE, "one"));
        corpus.kryo("map", new HashMap<>(content), nulls, new HashMap<>(), new TreeMap<>(content), natural, enums)
                .kryo("concurrent map", new ConcurrentHashMap<>(content))
                .when('K', "map by length", byLength, (a, b) -> CorpusCollections.sameOrder(a.keySet(), b.keySet()))
                .when('K', "insensitive map", insensitive, (a, b) -> "text/html".equals(b.get("CONTENT-TYPE")))
                .when('K', "ordered map", ordered(false), CorpusCollections::behavesTheSame)
                .when('K', "map by access", ordered(true), CorpusCollections::behavesTheSame)
                .when(
                        'K',
                        "empty map by access",
                        new LinkedHashMap<>(16, 0.75f, true),
                        CorpusCollections::behavesTheSame)
                .java("empty enum map", new EnumMap<>(Samples.Plain.class))
                .java("set of an empty enum", EnumSet.noneOf(Samples.Empty.class));
    }

    private static Map<String, Object> ordered(boolean byAccess) {
        LinkedHashMap<String, Object> map = new LinkedHashMap<>(16, 0.75f, byAccess);
        map.put("b", new Samples.Item("i", "1", 1));
        map.put("a", String.class);
        map.put("c", "3");
        map.get("b");
        return map;
    }

    private static boolean behavesTheSame(Map<String, Object> a, Map<String, Object> b) {
        boolean same = sameOrder(a.entrySet(), b.entrySet());
        for (Map<String, Object> map : List.of(a, b)) {
            map.putIfAbsent("x", 1);
            map.putIfAbsent("y", 1);
            map.get("x");
        }
        boolean sameAfter = sameOrder(a.keySet(), b.keySet());
        a.keySet().removeAll(Set.of("x", "y"));
        return same && sameAfter;
    }

    private static void immutable(Corpus corpus) {
        corpus.kryo("list of", List.of(), List.of(1), List.of(1, 2), List.of(1, 2, 3), List.of("a", List.of("b")))
                .kryo("set of", Set.of(), Set.of(1), Set.of(1, 2), Set.of(1, 2, 3))
                .kryo("map of", Map.of(), Map.of(1, 2), Map.of(1, 2, 3, 4))
                .when('K', "stream list", Stream.of(1, 2, 3).toList(), CorpusCollections::sameNulls)
                .when('K', "stream list with null", Stream.of(1, null).toList(), CorpusCollections::sameNulls)
                .when('K', "empty stream list", Stream.of().toList(), CorpusCollections::sameNulls)
                .when('K', "list of three", List.of(1, 2, 3), CorpusCollections::sameNulls)
                .kryo("empty", Collections.emptyList(), Collections.emptySet(), Collections.emptyMap())
                .kryo("single", Collections.singletonList(null), Collections.singleton(1))
                .kryo("single entry", Collections.singletonMap("a", null));
    }

    private static void views(Corpus corpus) {
        List<Object> list = new ArrayList<>(MIXED);
        TreeMap<Object, Object> tree = new TreeMap<>(Map.of("b", 1, "a", 2));
        TreeSet<Object> set = new TreeSet<>(tree.keySet());
        corpus.kryo("as list", Arrays.asList(), Arrays.asList("a", null))
                .kryo("unmodifiable list", Collections.unmodifiableList(list), unmodifiableLinked())
                .kryo(
                        "unmodifiable set",
                        Collections.unmodifiableSet(set),
                        Collections.unmodifiableSet(new HashSet<>()))
                .kryo("unmodifiable sorted set", Collections.unmodifiableSortedSet(set))
                .kryo("unmodifiable navigable set", Collections.unmodifiableNavigableSet(set))
                .kryo(
                        "unmodifiable map",
                        Collections.unmodifiableMap(tree),
                        Collections.unmodifiableMap(new HashMap<>()))
                .kryo("unmodifiable sorted map", Collections.unmodifiableSortedMap(tree))
                .kryo("unmodifiable navigable map", Collections.unmodifiableNavigableMap(tree))
                .when('K', "unmodifiable", Collections.unmodifiableCollection(list), CorpusCollections::sameOrder)
                .kryo("synchronized list", Collections.synchronizedList(list), synchronizedLinked())
                .kryo("synchronized set", Collections.synchronizedSet(set))
                .kryo("synchronized map", Collections.synchronizedMap(tree))
                .when('K', "synchronized", Collections.synchronizedCollection(list), CorpusCollections::sameOrder)
                .java("synchronized in synchronized", Collections.synchronizedSortedMap(tree))
                .when('K', "insensitive view", insensitiveView(), (a, b) -> b.contains("A") && b.size() == 1)
                .kryo("view of views", Collections.unmodifiableList(Collections.synchronizedList(list)));
    }

    private static Set<String> insensitiveView() {
        TreeSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.add("a");
        return Collections.unmodifiableSet(set);
    }

    private static List<Object> unmodifiableLinked() {
        return Collections.unmodifiableList(new LinkedList<>(MIXED));
    }

    private static List<Object> synchronizedLinked() {
        return Collections.synchronizedList(new LinkedList<>(MIXED));
    }

    private static void leftToJava(Corpus corpus) {
        Properties properties = new Properties(new Properties());
        properties.setProperty("a", "b");
        IdentityHashMap<String, Object> identity = new IdentityHashMap<>();
        identity.put("a", 1);
        NavigableMap<Integer, String> head = new TreeMap<>(Map.of(1, "a", 2, "b", 3, "c")).headMap(2, true);
        corpus.java("vector", new Vector<>(MIXED))
                .java("table", new Hashtable<>(Map.of(1, 2)), properties)
                .java("copies", nCopies(3, "x"))
                .java("empty navigable map", emptyNavigableMap())
                .java("head map", head)
                .java("checked", Collections.checkedList(new ArrayList<>(List.of("a")), String.class))
                .java("new key set", newKeySet())
                .java("set from map", Collections.newSetFromMap(new ConcurrentHashMap<>()))
                .when(
                        'J',
                        "identity map",
                        identity,
                        (a, b) -> b.size() == 1 && b.keySet().toString().equals("[a]"))
                .when('J', "heap", new PriorityQueue<>(List.of(3, 1, 2)), CorpusCollections::sameOrder)
                .when('J', "blocking queue", new LinkedBlockingQueue<>(5), (a, b) -> b.remainingCapacity() == 5)
                .java("skip list map", new ConcurrentSkipListMap<>(Map.of(1, 2)))
                .java("reversed by length", comparing())
                .java("a lambda's order", new TreeMap<>(Map.of(1, new Hashtable<>())));
    }

    private static Set<Integer> newKeySet() {
        Set<Integer> set = ConcurrentHashMap.newKeySet();
        set.add(1);
        return set;
    }

    private static Map<String, Integer> comparing() {
        TreeMap<String, Integer> map = new TreeMap<>(Collections.reverseOrder(new Samples.ByLength()));
        map.put("a", 1);
        return map;
    }

    private static boolean sameNulls(List<?> a, List<?> b) {
        return a.equals(b) && asksForNull(a) == asksForNull(b);
    }

    @SuppressWarnings("ReturnValueIgnored")
    private static boolean asksForNull(List<?> list) {
        try {
            list.contains(null);
            return true;
        } catch (NullPointerException e) {
            return false;
        }
    }

    private static boolean sameOrder(Collection<?> a, Collection<?> b) {
        return new ArrayList<>(a).equals(new ArrayList<>(b));
    }
}
