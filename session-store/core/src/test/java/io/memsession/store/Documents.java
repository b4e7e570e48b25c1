package io.memsession.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's documents, from whatever module's folder the tests run in. */
final class Documents {
    private Documents() {}

    /** The project's top folder. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the tests do not run within the project");
            }
        }
        return folder;
    }

    static Path path(String name) {
        return root().resolve("docs").resolve(name);
    }

    static String read(String name) throws IOException {
        return Files.readString(path(name));
    }
}
