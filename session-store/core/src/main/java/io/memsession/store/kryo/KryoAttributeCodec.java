package io.memsession.store.kryo;

import com.esotericsoftware.kryo.KryoException;
import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Attribute values through Kryo, or through Java serialization where a class in the graph has a say in its own form.
 * The first byte tells which. What neither can write so that it comes back the same is refused when it is written.
 *
 * <p>One for each application, as it holds on to the application's classes. Bytes are never trusted: lengths, depth and
 * class names are checked before anything is created.
 */
public final class KryoAttributeCodec implements AttributeCodec {
    private static final int ATTEMPTS = 16;

    static {
        // Before any class of Kryo is initialised: with Unsafe it stores values in fields of other types, and the JVM
        // warns.
        if (System.getProperty("kryo.unsafe") == null) {
            System.setProperty("kryo.unsafe", "false");
        }
    }

    private final KryoGraph kryo;
    private final JavaGraph java;

    /**
     * Reads and writes objects of the classes that this loader finds, but for the denied ones. For records that only
     * the application can have written.
     */
    public KryoAttributeCodec(ClassLoader application) {
        this(application, ClassFilter.trusting("the class filter", ""));
    }

    /** Reads and writes objects of the classes that this loader finds and that the filter allows. */
    public KryoAttributeCodec(ClassLoader application, ClassFilter filter) {
        this(application, filter, KryoConfigurer.NONE);
    }

    /** The same, with serializers of the application's own. */
    public KryoAttributeCodec(ClassLoader application, ClassFilter filter, KryoConfigurer configurer) {
        ApplicationClasses classes = new ApplicationClasses(application, filter);
        ClassRule rule = new ClassRule(classes);
        kryo = new KryoGraph(rule, classes, configurer);
        java = new JavaGraph(rule, classes);
    }

    @Override
    public byte[] encode(Object value) throws AttributeCodecException {
        Objects.requireNonNull(value, "value");
        for (int attempt = 1; ; attempt++) {
            try {
                return write(value);
            } catch (Refused | ObjectStreamException | LinkageError | StackOverflowError e) {
                throw unwritable(value, e);
            } catch (IOException | RuntimeException e) {
                if (attempt == ATTEMPTS) { // it may have been changed by another thread meanwhile, so more than once
                    throw unwritable(value, e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private byte[] write(Object value) throws IOException {
        try {
            return kryo.write(value);
        } catch (NeedJava e) {
            return java.write(value);
        }
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) throws AttributeCodecException {
        return read(bytes, offset, length).value();
    }

    @Override
    public Decoded read(byte[] bytes, int offset, int length) throws AttributeCodecException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        @Nullable Decoded value;
        try {
            value = length == 0 ? null : readGraph(bytes, offset, length);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            // Errors too: bytes from outside chose the classes, and those may do anything when they are created.
            throw new AttributeCodecException("cannot be read here: " + reason(e), e);
        }
        if (value == null) {
            throw new AttributeCodecException("cannot be read here: there is no object", null);
        }
        return value;
    }

    private @Nullable Decoded readGraph(byte[] bytes, int offset, int length)
            throws IOException, ClassNotFoundException {
        return switch (bytes[offset]) {
            case KryoGraph.MODE -> kryo.read(bytes, offset + 1, length - 1);
            case JavaGraph.MODE -> partly(java.read(bytes, offset + 1, length - 1));
            default -> throw new IOException("neither in mode K nor in mode J");
        };
    }

    /** Java skips what it does not know, and does not say so. */
    private static @Nullable Decoded partly(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return new Decoded(value, false);
    }

    private static AttributeCodecException unwritable(Object value, Throwable e) {
        return new AttributeCodecException("a " + value.getClass().getName() + " cannot be written: " + reason(e), e);
    }

    private static String reason(Throwable e) {
        if (e instanceof NotSerializableException) {
            return "class " + e.getMessage() + " is not Serializable";
        } else if (e instanceof StackOverflowError) {
            return "its objects are nested too deeply";
        }
        String reason = e instanceof KryoException ? String.valueOf(e.getMessage()) : e.toString();
        return reason.replace('\n', ' ');
    }
}
