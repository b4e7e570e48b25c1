package io.memsession.store.kryo;

import java.io.ObjectStreamConstants;
import java.io.StreamCorruptedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A look at bytes of Java serialization before anything is made of them: every class that they name passes the filter,
 * every length fits, and hashing what they hold is affordable. The grammar is that of the Java Object Serialization
 * Specification, chapter 6. What cannot be understood without the classes (fields that a class declares and its
 * {@code writeObject} does not write) is refused.
 */
final class JavaStreamScan {
    /** The containers that never hash or compare what they hold. */
    private static final Set<String> CALM = Set.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.ArrayDeque",
            "java.util.Vector",
            "java.util.Stack",
            "java.util.Arrays$ArrayList",
            "java.util.concurrent.CopyOnWriteArrayList");

    private final ByteBuffer in;
    private final ClassFilter filter;
    private final ReadBudget budget;
    private final List<Handle> handles = new ArrayList<>();
    private int depth;

    /** Something that the stream can refer to; its weight is the number of objects met on all ways from it. */
    private static final class Handle {
        private long weight = 1;
        private @Nullable Description description;
    }

    /** A class as the stream describes it; the types of its fields as letters. */
    private static final class Description {
        private String name = "";
        private int flags = ObjectStreamConstants.SC_SERIALIZABLE;
        private String types = "";
        private @Nullable Description parent;
    }

    private JavaStreamScan(ByteBuffer in, ClassFilter filter) {
        this.in = in;
        this.filter = filter;
        this.budget = new ReadBudget(!filter.trusting());
    }

    /**
     * Looks at all of it.
     *
     * @throws StreamCorruptedException if that is not exactly one object
     * @throws Refused if it names a class that the filter refuses
     * @throws java.util.ConcurrentModificationException if a collection holds more or less than it says
     */
    static void check(byte[] bytes, int offset, int length, ClassFilter filter) throws StreamCorruptedException {
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        try {
            if (in.getShort() != ObjectStreamConstants.STREAM_MAGIC
                    || in.getShort() != ObjectStreamConstants.STREAM_VERSION) {
                throw new StreamCorruptedException("no Java serialization");
            }
            new JavaStreamScan(in, filter).content();
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new StreamCorruptedException("the bytes are cut short");
        }
        if (in.hasRemaining()) {
            throw new StreamCorruptedException("there are bytes left over");
        }
    }

    /** Reads over the next object; its weight. */
    private long content() throws StreamCorruptedException {
        if (++depth > SessionKryo.MAX_DEPTH) {
            throw new StreamCorruptedException("its objects are nested too deeply");
        }
        byte type = in.get();
        long weight = switch (type) {
            case ObjectStreamConstants.TC_NULL -> 1;
            case ObjectStreamConstants.TC_REFERENCE -> handle().weight;
            case ObjectStreamConstants.TC_STRING -> string(Short.toUnsignedLong(in.getShort()));
            case ObjectStreamConstants.TC_LONGSTRING -> string(in.getLong());
            case ObjectStreamConstants.TC_OBJECT -> object();
            case ObjectStreamConstants.TC_ARRAY -> array();
            case ObjectStreamConstants.TC_CLASS -> described(description()).weight;
            case ObjectStreamConstants.TC_ENUM -> described(description()).weight + content();
            default -> throw new StreamCorruptedException("an object of the unknown kind " + type);
        };
        depth--;
        return weight;
    }

    private Handle handle() throws StreamCorruptedException {
        int index = in.getInt() - ObjectStreamConstants.baseWireHandle;
        if (index < 0 || index >= handles.size()) {
            throw new StreamCorruptedException("a reference leads to nothing");
        }
        return handles.get(index);
    }

    private Handle described(@Nullable Description description) throws StreamCorruptedException {
        if (description == null) {
            throw new StreamCorruptedException("an object without a class");
        }
        Handle handle = new Handle();
        handles.add(handle);
        return handle;
    }

    private long string(long length) {
        skip(length);
        handles.add(new Handle());
        return 1;
    }

    private void skip(long bytes) {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + (int) bytes);
    }

    private String name() {
        int length = Short.toUnsignedInt(in.getShort());
        byte[] name = new byte[Math.min(length, in.remaining())];
        in.get(name, 0, length);
        return new String(name, StandardCharsets.UTF_8);
    }

    private @Nullable Description description() throws StreamCorruptedException {
        if (++depth > SessionKryo.MAX_DEPTH) {
            throw new StreamCorruptedException("its classes are nested too deeply");
        }
        byte type = in.get();
        Description description = switch (type) {
            case ObjectStreamConstants.TC_NULL -> null;
            case ObjectStreamConstants.TC_REFERENCE -> handle().description;
            case ObjectStreamConstants.TC_CLASSDESC -> newDescription();
            case ObjectStreamConstants.TC_PROXYCLASSDESC -> newProxyDescription();
            default -> throw new StreamCorruptedException("a class of the unknown kind " + type);
        };
        depth--;
        return description;
    }

    private Description newDescription() throws StreamCorruptedException {
        Description description = new Description();
        description.name = checked(name());
        in.getLong();
        Handle handle = new Handle();
        handle.description = description;
        handles.add(handle);
        description.flags = in.get();
        int fields = Short.toUnsignedInt(in.getShort());
        StringBuilder types = new StringBuilder();
        for (int i = 0; i < fields; i++) {
            char type = (char) in.get();
            name();
            types.append(type);
            if (type == 'L' || type == '[') {
                content(); // the name of its class
            }
        }
        description.types = types.toString();
        annotation("");
        description.parent = description();
        return description;
    }

    private Description newProxyDescription() throws StreamCorruptedException {
        Description description = new Description();
        Handle handle = new Handle();
        handle.description = description;
        handles.add(handle);
        int interfaces = in.getInt();
        for (int i = 0; i < interfaces; i++) {
            checked(name());
        }
        annotation("");
        description.parent = description();
        return description;
    }

    private String checked(String name) {
        String refusal = filter.refusal(name);
        if (refusal != null) {
            throw new Refused(refusal);
        }
        return name;
    }

    /** What a class wrote by itself, up to its end mark. */
    private long annotation(String className) throws StreamCorruptedException {
        AnnouncedSize size = new AnnouncedSize(className);
        long weight = 0;
        for (byte type = peek(); type != ObjectStreamConstants.TC_ENDBLOCKDATA; type = peek()) {
            if (type == ObjectStreamConstants.TC_BLOCKDATA || type == ObjectStreamConstants.TC_BLOCKDATALONG) {
                in.get();
                long length = type == ObjectStreamConstants.TC_BLOCKDATA ? Byte.toUnsignedLong(in.get()) : in.getInt();
                size.data(in);
                skip(length);
            } else {
                size.object(type == ObjectStreamConstants.TC_NULL);
                weight += content();
            }
        }
        in.get();
        size.end();
        return weight;
    }

    private byte peek() {
        return in.get(in.position());
    }

    private long object() throws StreamCorruptedException {
        Description description = description();
        Handle handle = described(description);
        List<Description> classes = new ArrayList<>();
        boolean calm = true;
        for (Description c = description; c != null; c = c.parent) {
            classes.add(0, c);
            calm &= CALM.contains(c.name) || c.name.startsWith("java.util.Abstract");
            if (classes.size() > SessionKryo.MAX_DEPTH) {
                throw new StreamCorruptedException("a class that extends itself");
            }
        }
        long weight = 1;
        for (Description c : classes) {
            weight = Math.min(weight + data(c), ReadBudget.MAX_HASHED + 1);
        }
        if (!calm) {
            budget.hash(weight);
        }
        handle.weight = weight;
        return weight;
    }

    private long data(Description description) throws StreamCorruptedException {
        if ((description.flags & ObjectStreamConstants.SC_EXTERNALIZABLE) != 0) {
            if ((description.flags & ObjectStreamConstants.SC_BLOCK_DATA) == 0) {
                throw new StreamCorruptedException("an Externalizable of an old form");
            }
            return annotation("");
        } else if ((description.flags & ObjectStreamConstants.SC_SERIALIZABLE) == 0) {
            return 0;
        }
        long weight = 0;
        for (int i = 0; i < description.types.length(); i++) {
            char type = description.types.charAt(i);
            if (type == 'L' || type == '[') {
                weight += content();
            } else {
                skip(width(type));
            }
        }
        return (description.flags & ObjectStreamConstants.SC_WRITE_METHOD) == 0
                ? weight
                : weight + annotation(description.name);
    }

    private long array() throws StreamCorruptedException {
        Description description = description();
        Handle handle = described(description);
        String name = description == null ? "" : description.name;
        char type = name.startsWith("[") && name.length() > 1 ? name.charAt(1) : '?';
        int length = in.getInt();
        if (type != 'L' && type != '[') {
            skip((long) length * width(type));
            return 1;
        }
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        long weight = 1;
        for (int i = 0; i < length; i++) {
            weight = Math.min(weight + content(), ReadBudget.MAX_HASHED + 1);
        }
        handle.weight = weight;
        return weight;
    }

    private static int width(char type) throws StreamCorruptedException {
        return switch (type) {
            case 'B', 'Z' -> Byte.BYTES;
            case 'C', 'S' -> Short.BYTES;
            case 'I', 'F' -> Integer.BYTES;
            case 'J', 'D' -> Long.BYTES;
            default -> throw new StreamCorruptedException("a field of the unknown type " + type);
        };
    }
}
