package io.memsession.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's documents, from whatever module's folder the tests run in. */
final class Documents {
    private Documents() {}

    static Path path(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs").resolve(name))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("there is no docs/" + name);
            }
        }
        return folder.resolve("docs").resolve(name);
    }

    static String read(String name) throws IOException {
        return Files.readString(path(name));
    }
}
