package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.ShadedLibraries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two jars as they are put into {@code tomcat/lib}: complete, and in nobody's way. */
class ShadedJarsIT {
    /** A name that is not shaded; after a space it stands in a message and is none. */
    private static final Pattern UNSHADED = Pattern.compile(
            "(?<!io[./]memsession[./]shaded[./]| )\\b(com[./]esotericsoftware|org[./]objenesis|net[./]spy|org[./]jspecify)[./]");

    private static Map<String, String> classes(String artifact) throws IOException {
        Map<String, String> classes = new TreeMap<>();
        try (JarFile jar = new JarFile(System.getProperty(artifact.replace('-', '.')))) {
            for (var entry : jar.stream().filter(each -> !each.isDirectory()).toList()) {
                try (InputStream bytes = jar.getInputStream(entry)) {
                    classes.put(entry.getName(), new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return classes;
    }

    private static List<String> having(Map<String, String> classes, Pattern what) {
        return classes.entrySet().stream()
                .filter(each -> each.getKey().endsWith(".class"))
                .filter(each -> what.matcher(each.getValue()).find())
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"memsession-tomcat", "memsession-tomcat9"})
    void nothingOfItCanMeetAnotherLibrary(String artifact) throws IOException {
        Map<String, String> classes = classes(artifact);
        assertThat(classes.keySet())
                .allMatch(name -> name.startsWith("io/memsession/") || name.startsWith("META-INF/"));
        assertThat(classes.keySet())
                .contains(
                        "io/memsession/tomcat/MemcachedSessionManager.class",
                        "io/memsession/store/SessionStore.class",
                        "io/memsession/shaded/com/esotericsoftware/kryo/Kryo.class",
                        "io/memsession/shaded/net/spy/memcached/MemcachedClient.class",
                        "META-INF/NOTICE");
        assertThat(having(classes, UNSHADED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memsession-tomcat", "memsession-tomcat9"})
    void eachIsACommand(String artifact) throws IOException, InterruptedException {
        Process check = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty(artifact.replace('-', '.')),
                        "check",
                        "--nodes",
                        "n1:127.0.0.1:1")
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isEqualTo(1);
        assertThat(said).contains("node n1 (127.0.0.1:1): no answer").contains("refused the connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memsession-tomcat", "memsession-tomcat9"})
    void theNoticeNamesEveryLibraryThatIsInside(String artifact) throws IOException {
        Path jar = Path.of(System.getProperty(artifact.replace('-', '.')));
        assertThat(ShadedLibraries.faults(jar, Path.of(System.getProperty("memsession.libraries"))))
                .isEmpty();
    }

    @Test
    void eachSpeaksItsTomcatsServletApi() throws IOException {
        // of both APIs' classes those are allowed in sessions, by name
        assertThat(having(classes("memsession-tomcat"), Pattern.compile("javax[./]servlet")))
                .isSubsetOf("io/memsession/store/kryo/FrameworkClasses.class");
        assertThat(having(classes("memsession-tomcat9"), Pattern.compile("jakarta[./]servlet")))
                .isSubsetOf("io/memsession/store/kryo/FrameworkClasses.class");
        assertThat(having(classes("memsession-tomcat9"), Pattern.compile("javax[./]servlet")))
                .isNotEmpty();
    }
}
