package io.memsession.store.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.Pool;
import io.memsession.store.AttributeCodec;
import org.jspecify.annotations.Nullable;

/**
 * An attribute in mode K: the graph as Kryo writes it. Kryos are costly to make, so some are kept for the next graph.
 */
final class KryoGraph {
    static final byte MODE = 'K';
    private static final int KEPT = 16;
    private static final int KEPT_BUFFER = 1 << 18;

    private final Pool<SessionKryo> kryos;

    KryoGraph(ClassRule rule, ApplicationClasses classes, KryoConfigurer configurer) {
        kryos = new Pool<>(true, true, KEPT) {
            @Override
            protected SessionKryo create() {
                return new SessionKryo(rule, classes, configurer);
            }
        };
    }

    /**
     * The graph's bytes.
     *
     * @throws NeedJava if this mode would not do the graph justice
     */
    byte[] write(Object root) {
        SessionKryo kryo = kryos.obtain();
        try {
            byte[] bytes = write(kryo, root);
            free(kryo);
            return bytes;
        } catch (NeedJava e) {
            kryo.reset(); // an orderly way out, unlike any other exception, after which a Kryo is not used again
            free(kryo);
            throw e;
        }
    }

    private byte[] write(SessionKryo kryo, Object root) {
        Output output = kryo.output();
        output.reset();
        output.writeByte(MODE);
        boolean readable = kryo.writeRoot(output, root);
        byte[] bytes = output.toBytes();
        if (!readable) {
            tryToRead(bytes);
        }
        return bytes;
    }

    private void tryToRead(byte[] bytes) {
        try {
            read(bytes, 1, bytes.length - 1);
        } catch (KryoException e) {
            throw new Refused("it could not be read again: " + e.getMessage());
        }
    }

    private void free(SessionKryo kryo) {
        if (kryo.output().getBuffer().length <= KEPT_BUFFER) {
            kryos.free(kryo);
        }
    }

    /** The graph that the bytes stand for; null if it is null. */
    AttributeCodec.@Nullable Decoded read(byte[] bytes, int offset, int length) {
        SessionKryo kryo = kryos.obtain();
        BoundedInput input = new BoundedInput(bytes, offset, length);
        Object root = kryo.readRoot(input);
        if (input.position() != input.limit()) {
            throw new KryoException("there are bytes left over");
        }
        boolean whole = kryo.readWhole();
        kryos.free(kryo);
        return root == null ? null : new AttributeCodec.Decoded(root, whole);
    }
}
