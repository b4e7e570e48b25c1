package io.memsession.store.kryo;

import static io.memsession.store.kryo.KnownClasses.Known.hashed;
import static io.memsession.store.kryo.KnownClasses.Known.parts;
import static io.memsession.store.kryo.KnownClasses.Known.single;

import io.memsession.store.kryo.KnownClasses.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The JDK's immutable collections, views and comparators, of exactly these classes: ids 130 to 179. */
@SuppressWarnings("JdkObsolete") // applications have what they have
final class KnownWrappers {
    private KnownWrappers() {}

    static List<Known> all() {
        List<Known> all = new ArrayList<>(immutable());
        all.addAll(singles());
        all.addAll(unmodifiable());
        all.addAll(synchronizedOnes());
        return all;
    }

    private static List<Known> immutable() {
        return List.of(
                parts(130, List.of(1).getClass(), (List<?> list) -> list.toArray(), List::of),
                new Known(131, List.of().getClass(), new ImmutableListSerializer(), false),
                hashed(132, Set.of(1).getClass(), (Set<?> set) -> set.toArray(), Set::of),
                hashed(133, Set.of().getClass(), (Set<?> set) -> set.toArray(), Set::of),
                hashed(134, Map.of(1, 1).getClass(), KnownWrappers::content, KnownWrappers::map),
                hashed(135, Map.of().getClass(), KnownWrappers::content, KnownWrappers::map),
                parts(
                        136,
                        Collections.singletonList(1).getClass(),
                        (List<?> list) -> list.toArray(),
                        p -> Collections.singletonList(p[0])),
                parts(
                        137,
                        Collections.singleton(1).getClass(),
                        (Set<?> set) -> set.toArray(),
                        p -> Collections.singleton(p[0])),
                parts(
                        138,
                        Collections.singletonMap(1, 1).getClass(),
                        KnownWrappers::content,
                        p -> Collections.singletonMap(p[0], p[1])),
                view(139, Arrays.asList(1), inside -> Arrays.asList((Object[]) inside)));
    }

    private static List<Known> singles() {
        return List.of(
                single(140, Collections.EMPTY_LIST),
                single(141, Collections.EMPTY_SET),
                single(142, Collections.EMPTY_MAP),
                single(143, String.CASE_INSENSITIVE_ORDER),
                single(144, Collections.reverseOrder()));
    }

    private static List<Known> unmodifiable() {
        // long because it is a table, a row for each wrapper of the JDK
        return List.of(
                view(
                        150,
                        Collections.unmodifiableCollection(new ArrayList<>()),
                        inside -> Collections.unmodifiableCollection((Collection<?>) inside)),
                view(
                        151,
                        Collections.unmodifiableList(new LinkedList<>()),
                        inside -> Collections.unmodifiableList((List<?>) inside)),
                view(
                        152,
                        Collections.unmodifiableList(new ArrayList<>()),
                        inside -> Collections.unmodifiableList((List<?>) inside)),
                view(
                        153,
                        Collections.unmodifiableSet(new HashSet<>()),
                        inside -> Collections.unmodifiableSet((Set<?>) inside)),
                view(
                        154,
                        Collections.unmodifiableSortedSet(new TreeSet<>()),
                        inside -> Collections.unmodifiableSortedSet((SortedSet<?>) inside)),
                view(
                        155,
                        Collections.unmodifiableNavigableSet(new TreeSet<>()),
                        inside -> Collections.unmodifiableNavigableSet((NavigableSet<?>) inside)),
                view(
                        156,
                        Collections.unmodifiableMap(new TreeMap<>()),
                        inside -> Collections.unmodifiableMap((Map<?, ?>) inside)),
                view(
                        157,
                        Collections.unmodifiableSortedMap(new TreeMap<>()),
                        inside -> Collections.unmodifiableSortedMap((SortedMap<?, ?>) inside)),
                view(
                        158,
                        Collections.unmodifiableNavigableMap(new TreeMap<>()),
                        inside -> Collections.unmodifiableNavigableMap((NavigableMap<?, ?>) inside)));
    }

    private static List<Known> synchronizedOnes() {
        return List.of(
                view(
                        160,
                        Collections.synchronizedCollection(new ArrayList<>()),
                        inside -> Collections.synchronizedCollection((Collection<?>) inside)),
                view(
                        161,
                        Collections.synchronizedList(new LinkedList<>()),
                        inside -> Collections.synchronizedList((List<?>) inside)),
                view(
                        162,
                        Collections.synchronizedList(new ArrayList<>()),
                        inside -> Collections.synchronizedList((List<?>) inside)),
                view(
                        163,
                        Collections.synchronizedSet(new HashSet<>()),
                        inside -> Collections.synchronizedSet((Set<?>) inside)),
                view(
                        164,
                        Collections.synchronizedMap(new TreeMap<>()),
                        inside -> Collections.synchronizedMap((Map<?, ?>) inside)));
    }

    /**
     * A view of one object inside, which keeps its class and identity; with anything else inside, it is left to Java.
     */
    private static Known view(int id, Object example, Function<Object, Object> wrap) {
        PartsSerializer.Split<Object> split = (kryo, view) -> {
            List<Object> inside = kryo.innards().of(view);
            if (inside.size() != 1) {
                throw new NeedJava(view.getClass()); // a lock of its own
            }
            return inside.toArray();
        };
        return new Known(id, example.getClass(), new PartsSerializer<>(split, p -> wrap.apply(p[0])), false);
    }

    private static Object[] content(Map<?, ?> map) {
        return Snapshot.of(map).toArray();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays and generics
    private static Map<?, ?> map(Object[] content) {
        Map.Entry<Object, Object>[] entries = new Map.Entry[content.length / 2];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = Map.entry(content[2 * i], content[2 * i + 1]);
        }
        return Map.ofEntries(entries);
    }
}
