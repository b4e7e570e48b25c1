package io.memsession.store.kryo;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is inside the JDK's wrappers (unmodifiable, synchronized, as-list) and has no getter: the objects that a wrapper
 * hands to Java serialization. The wrapper is written to nowhere, and each of its parts is taken from the stream's hook
 * for replacements and dropped before it is written. So a view keeps its own backing collection, with its class and
 * identity, without opening any module.
 */
final class Innards {
    private final LastByte sink = new LastByte();
    private final Probe probe;

    Innards() {
        try {
            probe = new Probe(sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects inside. */
    List<Object> of(Object wrapper) {
        probe(wrapper);
        List<Object> parts = List.copyOf(probe.parts);
        probe.parts.clear();
        return parts;
    }

    /** The last byte of the serial form: of a LinkedHashMap, whether it is ordered by access (its only own field). */
    int lastByteOf(Object object) {
        probe(object);
        probe.parts.clear();
        return sink.last;
    }

    private void probe(Object object) {
        try {
            probe.atRoot = true;
            probe.writeObject(object);
            probe.flush();
            int last = sink.last;
            probe.reset(); // writes a mark of its own
            probe.flush();
            sink.last = last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Probe extends ObjectOutputStream {
        private final List<Object> parts = new ArrayList<>();
        private boolean atRoot;

        Probe(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(Object object) {
            if (atRoot) {
                atRoot = false;
                return object;
            }
            parts.add(object);
            return null;
        }
    }

    private static final class LastByte extends OutputStream {
        private int last;

        @Override
        public void write(int b) {
            last = b & 0xFF;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                write(bytes[offset + length - 1]);
            }
        }
    }
}
