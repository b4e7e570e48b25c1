package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.ShadedLibraries;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar as it is put into {@code tomcat/lib} beside the other: complete, and in nobody's way. */
class RedisJarIT {
    private static final String TOMCAT = System.getProperty("memsession.tomcat");
    private static final String REDIS = System.getProperty("memsession.tomcat.redis");

    private static String check(String classPath) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process check = new ProcessBuilder(
                        java,
                        "-cp",
                        classPath,
                        "io.memsession.store.cli.Main",
                        "check",
                        "--nodes",
                        "n1:redis://127.0.0.1:1")
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        check.waitFor();
        return said;
    }

    @Test
    void nothingOfItCanMeetAnotherLibraryOrTheOtherJar() throws IOException {
        List<String> names;
        try (JarFile jar = new JarFile(REDIS)) {
            names = jar.stream()
                    .filter(each -> !each.isDirectory())
                    .map(each -> each.getName())
                    .toList();
        }
        assertThat(names)
                .allMatch(name -> name.startsWith("io/memsession/store/redis/")
                        || name.startsWith("io/memsession/shaded/")
                        || name.matches(
                                "META-INF/(LICENSE|NOTICE|MANIFEST\\.MF|sbom/.*|services/io\\.memsession\\..*)"))
                .contains(
                        "io/memsession/store/redis/RedisNodes.class",
                        "io/memsession/shaded/io/lettuce/core/RedisClient.class",
                        "META-INF/services/io.memsession.store.RedisProvider");
    }

    @Test
    void theNoticeNamesEveryLibraryThatIsInside() throws IOException {
        assertThat(ShadedLibraries.faults(Path.of(REDIS), Path.of(System.getProperty("memsession.libraries"))))
                .isEmpty();
    }

    @Test
    void theCommandSpeaksToRedisWithBothJars() throws IOException, InterruptedException {
        assertThat(check(TOMCAT + File.pathSeparator + REDIS))
                .contains("node n1 (127.0.0.1:1): no answer")
                .contains("cannot be connected to");
    }

    @Test
    void theCommandSaysWhatIsMissingWithoutThisJar() throws IOException, InterruptedException {
        assertThat(check(TOMCAT))
                .startsWith("the node n1:redis://127.0.0.1:1 needs")
                .contains("memsession-tomcat-redis-<version>.jar into tomcat/lib");
    }
}
