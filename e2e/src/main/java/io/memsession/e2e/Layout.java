package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the build leaves what is run here.
 *
 * @param root the project's top folder
 * @param version the project's version, as it stands in the names of jars
 */
public record Layout(Path root, String version) {

    /** The layout that the system properties {@code memsession.root} and {@code memsession.version} tell. */
    public static Layout ofThisRun() {
        return new Layout(Path.of(required("memsession.root")), required("memsession.version"));
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("the system property " + property + " is not set");
        }
        return value;
    }

    /** A file of the tree that must be there. */
    Path file(String path) {
        Path file = root.resolve(path);
        if (!Files.exists(file)) {
            throw new IllegalStateException(path + " is missing; ./mvnw -DskipTests package makes it");
        }
        return file;
    }

    /** The folder of an unpacked Tomcat. */
    Path tomcat(String tomcatVersion) {
        return file("e2e/target/tomcat/apache-tomcat-" + tomcatVersion);
    }

    /** Where what a process prints is kept. */
    Path log(String process) {
        return makeFolder(root.resolve("e2e/target/logs")).resolve(process + ".log");
    }

    /** An empty folder for a process to work in. */
    Path workingFolder(String process) {
        Path folder = root.resolve("e2e/target/run").resolve(process);
        deleteAll(folder);
        return makeFolder(folder);
    }

    private static Path makeFolder(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
