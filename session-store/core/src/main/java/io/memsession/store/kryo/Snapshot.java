package io.memsession.store.kryo;

import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is in a collection or map of the JDK that another thread may be changing: taken by iteration, which, unlike
 * {@code toArray}, notices most changes. None notices all: the request that makes them keeps what they come to.
 */
@SuppressWarnings("JdkObsolete") // applications have what they have
final class Snapshot {
    private Snapshot() {}

    /**
     * The elements, in order.
     *
     * @throws ConcurrentModificationException if it was changed meanwhile, and is not made for many threads
     */
    @SuppressWarnings({"UseBulkOperation", "ForEachIterable"})
    static List<Object> of(Collection<?> collection) {
        List<?> unchanged = collection instanceof AbstractList<?> list ? list.subList(0, 0) : List.of();
        List<Object> elements = new ArrayList<>(collection.size());
        for (Object element : collection) {
            elements.add(element);
        }
        // An iterator looks before each step only, and what is removed during the last one comes as a null. A view of a
        // list looks whenever it is asked.
        if (!unchanged.isEmpty()) {
            throw new ConcurrentModificationException();
        }
        return elements;
    }

    /**
     * Keys and values, in turn.
     *
     * @throws ConcurrentModificationException if it was changed meanwhile, and is not made for many threads
     */
    static List<Object> of(Map<?, ?> map) {
        List<Object> content = new ArrayList<>(2 * map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            content.add(entry.getKey());
            content.add(entry.getValue());
        }
        return content;
    }

    /**
     * What Java serialization is to write instead of an object: a copy of a collection or map that writes itself place
     * by place without looking for changes; of anything else, the object. No comparator is asked: keys may have changed
     * since they were put in.
     *
     * @throws ConcurrentModificationException if it was changed meanwhile
     */
    static Object writable(Object object) {
        Class<?> type = object.getClass();
        if (type == ArrayList.class) {
            return of((ArrayList<?>) object);
        } else if (type == LinkedList.class) {
            return new LinkedList<>(of((LinkedList<?>) object));
        } else if (type == ArrayDeque.class) {
            return new ArrayDeque<>(of((ArrayDeque<?>) object));
        } else if (type == PriorityQueue.class) {
            return queue((PriorityQueue<?>) object);
        } else if (type == TreeMap.class) {
            return new TreeMap<>((SortedMap<?, ?>) object);
        } else if (type == TreeSet.class) {
            return new TreeSet<>((SortedSet<?>) object);
        }
        return object; // of a hash table, each entry is written whole, and their number is checked
    }

    private static PriorityQueue<?> queue(PriorityQueue<?> queue) {
        PriorityQueue<?> copy = new PriorityQueue<>(queue);
        if (Arrays.asList(copy.toArray()).contains(null)) { // it looks for no change, but holds no null
            throw new ConcurrentModificationException();
        }
        return copy;
    }
}
