package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The moving guide's table of memcached-session-manager's defects, each with its test. */
class DefectsTest {
    private static final Path PROJECT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT)\\.msm\\w+)`");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (msm\\w+)\\(");

    private static Set<String> named() throws IOException {
        Set<String> tests = new TreeSet<>();
        Matcher matcher = NAMED.matcher(Files.readString(PROJECT.resolve("docs/moving-from-msm.md")));
        while (matcher.find()) {
            tests.add(matcher.group(1));
        }
        return tests;
    }

    private static Set<String> there() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String module : new String[] {"session-store/core", "tomcat-valve", "e2e"}) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> addAll(tests, file));
            }
        }
        return tests;
    }

    private static void addAll(Set<String> tests, Path file) {
        try {
            Matcher matcher = METHOD.matcher(Files.readString(file));
            while (matcher.find()) {
                tests.add(file.getFileName().toString().replace(".java", ".") + matcher.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyTestThatTheGuideNamesIsThereAndTheGuideNamesThemAll() throws IOException {
        assertThat(named()).hasSizeGreaterThan(50).isEqualTo(there());
    }
}
