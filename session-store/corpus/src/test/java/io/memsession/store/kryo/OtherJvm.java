package io.memsession.store.kryo;

import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The other app server: reads every attribute in a directory and writes it again, in a JVM of its own. */
public final class OtherJvm {
    private OtherJvm() {}

    /** Takes the directory: {@code *.in} become {@code *.out}, or {@code *.err} that says why not. */
    public static void main(String[] arguments) throws IOException {
        WebObjects.beans();
        AttributeCodec codec = new KryoAttributeCodec(OtherJvm.class.getClassLoader());
        List<Path> all;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            all = files.filter(each -> each.toString().endsWith(".in")).toList();
        }
        for (Path file : all) {
            String name = file.toString().replaceFirst("[.]in$", "");
            byte[] bytes = Files.readAllBytes(file);
            try {
                Files.write(Path.of(name + ".out"), codec.encode(codec.decode(bytes, 0, bytes.length)));
            } catch (AttributeCodecException e) {
                Files.writeString(Path.of(name + ".err"), String.valueOf(e.getMessage()));
            }
        }
    }
}
