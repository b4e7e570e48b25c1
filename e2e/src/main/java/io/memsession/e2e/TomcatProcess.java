package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Tomcat from the real distribution, with a CATALINA_BASE of its own and the shop as its root context. */
public final class TomcatProcess extends AppServer {
    private static final String SERVER_XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Server port="-1">
              <Service name="Catalina">
                <Connector port="%d" address="127.0.0.1" URIEncoding="UTF-8"/>
                <Engine name="Catalina" defaultHost="localhost"%s>
                  <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="false"/>
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

    private final Path home;

    /**
     * A Tomcat, not yet started.
     *
     * @param home the unpacked distribution
     * @param war the shop
     * @param manager the jar for {@code lib} and the {@code <Manager>} element; null for Tomcat's own sessions
     */
    TomcatProcess(Slot slot, Path home, Path war, @Nullable SessionManager manager) {
        super(slot);
        this.home = home;
        try {
            layOutBase(war, manager);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Who keeps the sessions.
     *
     * @param jar what is copied to {@code lib}
     * @param element the element within {@code <Context>}
     * @param route the {@code jvmRoute}; empty for none
     */
    record SessionManager(Path jar, String element, String route) {}

    private void layOutBase(Path war, @Nullable SessionManager manager) throws IOException {
        Path conf = Files.createDirectories(folder().resolve("conf"));
        Path lib = Files.createDirectories(folder().resolve("lib"));
        Files.createDirectories(folder().resolve("temp"));
        Files.createDirectories(folder().resolve("logs"));
        Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
        Files.writeString(conf.resolve("server.xml"), SERVER_XML.formatted(port(), route(manager)));
        Files.writeString(conf.resolve("logging.properties"), LOGGING);
        Files.writeString(
                conf.resolve("context.xml"), "<Context>" + (manager == null ? "" : manager.element()) + "</Context>\n");
        Files.copy(war, Files.createDirectories(folder().resolve("webapps")).resolve("ROOT.war"));
        if (manager != null) {
            Files.copy(manager.jar(), lib.resolve(manager.jar().getFileName()));
        }
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
