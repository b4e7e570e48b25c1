package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An nginx with the configuration of {@code deploy/nginx}: round robin over the app servers, no stickiness; pictures
 * from the memcacheds.
 */
public final class NginxProcess extends ServerProcess implements Entrance {
    private static final String ERROR_LOG = "error.log";

    NginxProcess(Slot slot, List<AppServer> servers, List<? extends NodeProcess> nodes) {
        super(slot);
        try {
            String template = Files.readString(slot.layout().file("deploy/nginx/nginx.conf"));
            Files.writeString(
                    configuration(),
                    template.replace("${LISTEN}", listens() + ":" + port())
                            .replace("${SERVERS}", upstream(servers, "max_fails=1 fail_timeout=1s"))
                            .replace("${ANYHOW}", upstream(servers, "max_fails=0"))
                            .replace("${PICTURES}", upstream(nodes, "max_fails=0")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String upstream(List<? extends ServerProcess> servers, String parameters) {
        return servers.stream()
                .map(server -> "server " + server.hostAndPort() + " " + parameters + ";")
                .collect(Collectors.joining("\n        "));
    }

    private Path configuration() {
        return folder().resolve("nginx.conf");
    }

    @Override
    List<Path> logs() {
        return List.of(log(), folder().resolve(ERROR_LOG));
    }

    /** One process without a master: a master that is killed leaves its workers behind. */
    @Override
    List<String> command() {
        return List.of(
                Children.program("nginx"),
                "-p",
                folder() + "/",
                "-e",
                ERROR_LOG,
                "-c",
                configuration().toString(),
                "-g",
                "daemon off; master_process off;");
    }

    @Override
    boolean answers() {
        return Ports.answers(socket());
    }
}
