package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An app server of a project that is no part of this build: it counts the visits of a session. */
final class StrangerServer extends ServerProcess {
    private final List<String> words;
    private final String health;

    /**
     * A server, not yet started.
     *
     * @param project the project, built
     * @param nodes its nodes
     */
    StrangerServer(Slot slot, Path project, String nodes) {
        super(slot);
        words = new ArrayList<>(List.of(Children.jdkProgram("java"), "-Xmx256m", "-XX:TieredStopAtLevel=1"));
        Path jar = project.resolve("target/stranger.jar");
        if (Files.exists(jar)) {
            health = "/health";
            words.addAll(List.of("-jar", jar.toString(), "--server.port=" + port(), "--memsession.nodes=" + nodes));
        } else {
            health = "/health.jsp";
            addTomcat(onlyFolderIn(project.resolve("target").resolve(slot.name())), nodes);
        }
    }

    private void addTomcat(Path home, String nodes) {
        words.addAll(List.of("-Dcatalina.home=" + home, "-Dport=" + port(), "-Dnodes=" + nodes));
        words.addAll(List.of("-cp", home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar")));
        words.addAll(List.of("org.apache.catalina.startup.Bootstrap", "start"));
    }

    private static Path onlyFolderIn(Path folder) {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    List<String> command() {
        return words;
    }

    @Override
    boolean answers() {
        return answersTo(health);
    }
}
