package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Serializer;
import io.memsession.store.kryo.KnownClasses.Known;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Supplier;

/** The JDK's modifiable collections and maps, of exactly these classes: ids 100 to 129. */
@SuppressWarnings("JdkObsolete") // applications have what they have
final class KnownCollections {
    private KnownCollections() {}

    static List<Known> all() {
        return List.of(
                collection(100, ArrayList.class, ArrayList::new),
                collection(101, LinkedList.class, LinkedList::new),
                collection(102, HashSet.class, HashSet::new),
                collection(103, LinkedHashSet.class, LinkedHashSet::new),
                collection(104, ArrayDeque.class, ArrayDeque::new),
                collection(105, CopyOnWriteArrayList.class, CopyOnWriteArrayList::new),
                collection(106, CopyOnWriteArraySet.class, CopyOnWriteArraySet::new),
                collection(107, ConcurrentLinkedQueue.class, ConcurrentLinkedQueue::new),
                collection(108, ConcurrentLinkedDeque.class, ConcurrentLinkedDeque::new),
                object(
                        109,
                        TreeSet.class,
                        new CollectionSerializer<TreeSet<Object>>(
                                Kind.sorted(TreeSet::comparator, comparator -> new TreeSet<>(comparator)))),
                object(110, EnumSet.class, new EnumSetSerializer()),
                map(115, HashMap.class, HashMap::new),
                map(116, ConcurrentHashMap.class, ConcurrentHashMap::new),
                object(117, LinkedHashMap.class, new MapSerializer<>(Kind.linkedMap())),
                object(
                        118,
                        TreeMap.class,
                        new MapSerializer<TreeMap<Object, Object>>(
                                Kind.sorted(TreeMap::comparator, comparator -> new TreeMap<>(comparator)))),
                object(119, EnumMap.class, new EnumMapSerializer()));
    }

    private static <T extends Collection<Object>> Known collection(int id, Class<?> type, Supplier<T> empty) {
        return object(id, type, new CollectionSerializer<>(Kind.plain(empty)));
    }

    private static <T extends Map<Object, Object>> Known map(int id, Class<?> type, Supplier<T> empty) {
        return object(id, type, new MapSerializer<>(Kind.plain(empty)));
    }

    private static Known object(int id, Class<?> type, Serializer<?> serializer) {
        return new Known(id, type, serializer, false);
    }
}
