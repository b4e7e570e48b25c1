package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Tomcat from the real distribution, with a CATALINA_BASE of its own and the shop as its root context. */
public final class TomcatProcess extends AppServer {
    private static final String SERVER_XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Server port="-1">
              <Service name="Catalina">
                <Connector port="%d" address="%s" URIEncoding="UTF-8"/>
                <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="%d"%s>
                  <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="%b"/>
                </Engine>
              </Service>
            </Server>
            """;
    private static final String LOGGING = """
            handlers = java.util.logging.ConsoleHandler
            .handlers = java.util.logging.ConsoleHandler
            .level = INFO
            java.util.logging.ConsoleHandler.level = FINE
            java.util.logging.ConsoleHandler.formatter = org.apache.juli.OneLineFormatter
            """;

    /** Tomcat's own default. */
    private static final int SECONDS_BETWEEN_LOOKS = 10;

    private final Path home;
    private final String route;

    /**
     * A Tomcat, not yet started.
     *
     * @param home the unpacked distribution
     * @param war the shop
     * @param manager the jars for {@code lib} and the {@code <Manager>} element; null for Tomcat's own sessions
     */
    TomcatProcess(Slot slot, Path home, Path war, @Nullable SessionManager manager) {
        super(slot);
        this.home = home;
        this.route = route(manager);
        try {
            layOutBase(war, manager);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Who keeps the sessions.
     *
     * @param jars what is copied to {@code lib}
     * @param element the element within {@code <Context>}
     * @param route the {@code jvmRoute}; empty for none
     */
    record SessionManager(List<Path> jars, String element, String route) {}

    private void layOutBase(Path war, @Nullable SessionManager manager) throws IOException {
        Path conf = Files.createDirectories(folder().resolve("conf"));
        Path lib = Files.createDirectories(folder().resolve("lib"));
        Files.createDirectories(folder().resolve("temp"));
        Files.createDirectories(folder().resolve("logs"));
        Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
        writeServerXml(SECONDS_BETWEEN_LOOKS, false);
        Files.writeString(conf.resolve("logging.properties"), LOGGING);
        Files.writeString(
                conf.resolve("context.xml"), "<Context>" + (manager == null ? "" : manager.element()) + "</Context>\n");
        Files.copy(war, Files.createDirectories(war().getParent()).resolve(war().getFileName()));
        if (manager != null) {
            for (Path jar : manager.jars()) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
        }
    }

    private void writeServerXml(int secondsBetweenLooks, boolean autoDeploy) throws IOException {
        String xml = SERVER_XML.formatted(port(), listens(), secondsBetweenLooks, route, autoDeploy);
        Files.writeString(folder().resolve("conf/server.xml"), xml);
    }

    private Path war() {
        return folder().resolve("webapps/ROOT.war");
    }

    /** Has it look every second for a war of another date, from its next start on. */
    public void autoDeploy() {
        try {
            writeServerXml(1, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the shop's war another date; with {@link #autoDeploy} it is then deployed anew. */
    public void touchWar() {
        try {
            Instant date = Files.getLastModifiedTime(war()).toInstant();
            // a date of just now would be taken for a war that is still being written
            Instant past =
                    date.isAfter(Instant.now().minus(Duration.ofDays(1))) ? date.minus(Duration.ofDays(2)) : date;
            Files.setLastModifiedTime(war(), FileTime.from(past.plusSeconds(10)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often the shop was deployed since the first start. */
    public long deployments() {
        return printed()
                .lines()
                .filter(line -> line.contains("ROOT.war] has finished in"))
                .count();
    }

    private static String route(@Nullable SessionManager manager) {
        return manager == null || manager.route().isEmpty() ? "" : " jvmRoute=\"" + manager.route() + "\"";
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(java());
        command.add("-Djava.util.logging.config.file=" + folder().resolve("conf/logging.properties"));
        command.add("-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager");
        command.add("-Dcatalina.home=" + home);
        command.add("-Dcatalina.base=" + folder());
        command.add("-Djava.io.tmpdir=" + folder().resolve("temp"));
        command.add("-cp");
        command.add(home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"));
        command.add("org.apache.catalina.startup.Bootstrap");
        command.add("start");
        return command;
    }
}
