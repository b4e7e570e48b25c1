package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a running JVM holds, as the JDK's {@code jcmd} and the kernel tell it. */
public final class Jvm {
    private final long pid;
    private final Path process;

    /** The JVM with that process id. */
    public Jvm(long pid) {
        this.pid = pid;
        this.process = Path.of("/proc", String.valueOf(pid));
    }

    /** The names of Java's threads, without the numbers in them. */
    public List<String> threads() {
        return jcmd("Thread.print")
                .lines()
                .filter(line -> line.matches("\"[^\"]*\" #.*"))
                .map(line -> line.substring(1, line.indexOf('"', 1)).replaceAll("\\d+", "N"))
                .sorted()
                .toList();
    }

    /** Classes that were loaded and not unloaded. */
    public long classes() {
        return counter("java.cls.loadedClasses")
                + counter("java.cls.sharedLoadedClasses")
                - counter("java.cls.unloadedClasses")
                - counter("java.cls.sharedUnloadedClasses");
    }

    /** Class loaders whose class's name ends with this, and that were not unloaded. */
    public long classLoaders(String type) {
        return jcmd("VM.classloader_stats")
                .lines()
                .filter(line -> line.strip().endsWith(type))
                .count();
    }

    /** Open sockets but for those of visitors: who listens on that port decides how long these are kept. */
    public long sockets(int visitorsPort) {
        Set<String> visitors = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            lines(process.resolve(table)).forEach(line -> {
                String[] words = line.strip().split("\\s+"); // proc(5): local address second, inode tenth
                if (words[1].endsWith(String.format(":%04X", visitorsPort))) {
                    visitors.add("socket:[" + words[9] + "]");
                }
            });
        }
        return openFiles().stream()
                .filter(file -> file.startsWith("socket:") && !visitors.contains(file))
                .count();
    }

    private List<String> openFiles() {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.map(Jvm::target).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unloads what nobody refers to any more. */
    public void collectGarbage() {
        jcmd("GC.run");
    }

    /** Writes all objects that are referred to into that file, which is not there yet. */
    public void dumpHeap(Path file) {
        jcmd("GC.heap_dump", file.toString());
    }

    private long counter(String name) {
        return jcmd("PerfCounter.print")
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no counter " + name));
    }

    private String jcmd(String... command) {
        List<String> line = new ArrayList<>(List.of(Children.jdkProgram("jcmd"), String.valueOf(pid)));
        line.addAll(List.of(command));
        return Finished.run(line).successfully();
    }
}
