package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every object of the corpus, written here, read and written again by another JVM, where one is found of the other Java
 * version, and read here: it is what it was. Prints a table.
 */
class CorpusTest {
    private final AttributeCodec codec = new KryoAttributeCodec(getClass().getClassLoader());
    private final List<String> wrong = new ArrayList<>();

    @TempDir
    Path directory;

    private static Map<String, List<Corpus.Case>> groups() {
        Map<String, List<Corpus.Case>> groups = new LinkedHashMap<>(Corpus.groups());
        groups.put("Spring Security 7", Corpus.cases(SecurityObjects::fill));
        groups.put("Spring MVC, scoped beans, Tomcat", Corpus.cases(WebObjects::fill));
        groups.put("Hibernate 7", Corpus.cases(HibernateObjects::fill));
        groups.put("Guava", Corpus.cases(LibraryObjects::guava));
        groups.put("Joda", Corpus.cases(LibraryObjects::joda));
        groups.put("Groovy", Corpus.cases(LibraryObjects::groovy));
        groups.put("Mojarra", Corpus.cases(LibraryObjects::faces));
        return groups;
    }

    @Test
    void comesBackTheSameFromAnotherJvm() throws Exception {
        Map<String, List<Corpus.Case>> groups = groups();
        int number = 0;
        for (List<Corpus.Case> cases : groups.values()) {
            for (Corpus.Case each : cases) {
                write(each, number++);
            }
        }
        Path java = otherJava();
        runOther(java);
        StringBuilder table = new StringBuilder(String.format("%nJava %s to %s and back:%n", version(), java));
        table.append(String.format("%-34s %7s %7s %5s %5s %9s%n", "group", "objects", "the same", "K", "J", "bytes"));
        int first = 0;
        for (Map.Entry<String, List<Corpus.Case>> group : groups.entrySet()) {
            table.append(row(group.getKey(), group.getValue(), first));
            first += group.getValue().size();
        }
        System.out.println(table);

        assertThat(wrong).isEmpty();
        assertThat(number).isGreaterThanOrEqualTo(250);
    }

    private void write(Corpus.Case each, int number) throws IOException {
        try {
            byte[] bytes = codec.encode(each.value());
            Files.write(file(number, "in"), bytes);
            if (!each.isSame(codec.decode(bytes, 0, bytes.length))) {
                wrong.add(each.name() + ": differs in the same JVM already");
            }
        } catch (AttributeCodecException e) {
            wrong.add(each.name() + ": " + e.getMessage());
        }
    }

    private Path file(int number, String kind) {
        return directory.resolve(number + "." + kind);
    }

    private void runOther(Path java) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherJvm.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(directory.resolve("log")))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private String row(String group, List<Corpus.Case> cases, int first) throws IOException {
        int same = 0;
        int kryo = 0;
        long bytes = 0;
        for (int i = 0; i < cases.size(); i++) {
            Path written = file(first + i, "in");
            if (Files.exists(written)) {
                byte[] content = Files.readAllBytes(written);
                bytes += content.length;
                kryo += content[0] == 'K' ? 1 : 0;
                same += isSame(cases.get(i), first + i) ? 1 : 0;
            }
        }
        return String.format(
                "%-34s %7d %7d %5d %5d %9d%n", group, cases.size(), same, kryo, cases.size() - kryo, bytes);
    }

    private boolean isSame(Corpus.Case each, int number) throws IOException {
        if (!Files.exists(file(number, "out"))) {
            wrong.add(each.name() + ": the other JVM says " + Files.readString(file(number, "err")));
            return false;
        }
        byte[] back = Files.readAllBytes(file(number, "out"));
        try {
            boolean same = each.isSame(codec.decode(back, 0, back.length));
            if (!same) {
                wrong.add(each.name() + ": differs after the other JVM");
            }
            return same;
        } catch (AttributeCodecException e) {
            wrong.add(each.name() + ": " + e.getMessage());
            return false;
        }
    }

    private static int version() {
        return Runtime.version().feature();
    }

    /** A JVM of the other version (25, or 17 if this is 25), where one is found; otherwise this one, and it is said. */
    private static Path otherJava() throws IOException {
        int other = version() == 25 ? 17 : 25;
        Optional<Path> found =
                Optional.ofNullable(System.getenv("JAVA_HOME_" + other)).map(Path::of);
        Path all = Path.of("/usr/lib/jvm");
        if (found.isEmpty() && Files.isDirectory(all)) {
            try (Stream<Path> homes = Files.list(all)) {
                found = homes.filter(home -> home.getFileName().toString().contains(String.valueOf(other)))
                        .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                        .min(Comparator.naturalOrder());
            }
        }
        if (found.isEmpty()) {
            System.out.println("no JDK " + other + " was found (JAVA_HOME_" + other + ", " + all
                    + "): the other JVM is " + version() + " too");
        }
        return found.orElse(Path.of(System.getProperty("java.home"))).resolve("bin/java");
    }
}
