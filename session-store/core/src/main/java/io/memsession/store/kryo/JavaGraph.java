package io.memsession.store.kryo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import org.jspecify.annotations.Nullable;

/** An attribute in mode J: the whole graph in Java serialization. */
final class JavaGraph {
    static final byte MODE = 'J';

    private final ClassRule rule;
    private final ApplicationClasses classes;

    JavaGraph(ClassRule rule, ApplicationClasses classes) {
        this.rule = rule;
        this.classes = classes;
    }

    byte[] write(Object root) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        bytes.write(MODE);
        try (CheckedObjectOutput out = new CheckedObjectOutput(bytes, rule, classes, root)) {
            out.writeObject(root);
        }
        byte[] written = bytes.toByteArray();
        check(written);
        return written;
    }

    /** It could not be read again if it did not pass, or if it was changed while it was being written. */
    private void check(byte[] written) throws StreamCorruptedException {
        try {
            JavaStreamScan.check(written, 1, written.length - 1, classes.filter());
        } catch (StreamCorruptedException e) {
            if (!classes.filter().trusting()) { // who trusts reads also what the scan does not understand
                throw e;
            }
        }
    }

    @Nullable
    Object read(byte[] bytes, int offset, int length) throws IOException, ClassNotFoundException {
        if (!classes.filter().trusting()) {
            JavaStreamScan.check(bytes, offset, length, classes.filter());
        }
        ByteArrayInputStream in = new ByteArrayInputStream(bytes, offset, length);
        try (CheckedObjectInput objects = new CheckedObjectInput(in, classes)) {
            Object root = objects.readObject();
            if (in.available() > 0) {
                throw new StreamCorruptedException("there are bytes left over");
            }
            return root;
        }
    }
}
