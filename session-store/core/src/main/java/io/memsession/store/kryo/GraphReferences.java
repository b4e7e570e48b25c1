package io.memsession.store.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.util.MapReferenceResolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Which objects of a graph were met before. Values (strings, numbers, times, enums) are not followed. An object that
 * can only be created once its parts are there cannot be referred to by them: that is noticed when writing.
 */
final class GraphReferences extends MapReferenceResolver {
    private static final int NONE = -1;
    private static final int KEPT_WEIGHTS = 64;

    private final Set<Class<?>> values;
    private final List<Object> open = new ArrayList<>();
    private long[] weights = new long[KEPT_WEIGHTS];
    private int referred = NONE;

    GraphReferences(Set<Class<?>> values) {
        this.values = values;
    }

    /** Says that the parts of such an object come next. */
    void begin(Object object) {
        open.add(object);
    }

    /** Says that the parts of the object begun last are written. */
    void end() {
        open.remove(open.size() - 1);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public boolean useReferences(Class type) {
        return !values.contains(type) && !Enum.class.isAssignableFrom(type);
    }

    @Override
    public int getWrittenId(Object object) {
        int id = super.getWrittenId(object);
        if (id != -1) {
            for (Object unfinished : open) {
                if (unfinished == object) {
                    throw cycle(object);
                }
            }
        }
        return id;
    }

    private static KryoException cycle(Object object) {
        // Java reads such a reference as null to a record, and as what stood in for it to an object that is replaced
        Class<?> type = object.getClass();
        return type.isRecord() || SerialForm.isReplaced(type)
                ? new Refused("a " + type.getName() + " is part of itself")
                : new NeedJava(type);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Object getReadObject(Class type, int id) {
        Object object = id >= 0 && id < readObjects.size() ? readObjects.get(id) : null;
        if (!type.isInstance(object)) {
            throw new KryoException("a reference leads to nothing, or not to a " + type.getName());
        }
        referred = id;
        return object;
    }

    /** Says that an object is read next; the number that it will have if it is a new one. */
    int begin() {
        referred = NONE;
        return readObjects.size();
    }

    /**
     * The weight of the object that was read: what was counted for a new one, what was counted then for one that was
     * read before. One whose parts are still being read weighs 1: hashing a cycle ends in a stack overflow.
     */
    long weight(int number, long counted) {
        if (number < readObjects.size()) {
            weights = number < weights.length ? weights : Arrays.copyOf(weights, 2 * number);
            weights[number] = counted;
            return counted;
        }
        return referred == NONE || referred >= weights.length ? 1 : Math.max(1, weights[referred]);
    }

    @Override
    public void reset() {
        super.reset();
        open.clear();
        if (weights.length > KEPT_WEIGHTS) {
            weights = new long[KEPT_WEIGHTS];
        } else {
            Arrays.fill(weights, 0);
        }
    }
}
