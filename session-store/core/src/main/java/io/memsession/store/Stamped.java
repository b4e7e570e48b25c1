package io.memsession.store;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A value with the stamp of its last change; null stands for a value that was removed or never set.
 *
 * @param stamp when and by whom it was last changed
 * @param value what it was changed to
 */
record Stamped<T extends Comparable<T>>(
        Stamp stamp, @Nullable T value) {

    /** What was never changed: loses against every change. */
    static <T extends Comparable<T>> Stamped<T> never() {
        return new Stamped<>(Stamp.NEVER, null);
    }

    /**
     * The one changed later. Equal stamps on different values cannot come about; were they to, all would choose alike.
     */
    static <T extends Comparable<T>> Stamped<T> later(Stamped<T> a, Stamped<T> b) {
        int order = a.stamp.compareTo(b.stamp);
        if (order == 0) {
            order = Comparator.<T>nullsFirst(Comparator.naturalOrder()).compare(a.value, b.value);
        }
        return order >= 0 ? a : b;
    }
}
