package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shop as a Spring Boot application. */
public final class BootProcess extends AppServer {
    private final Path jar;
    private final Map<String, String> properties;

    /** A Boot application, not yet started, with its {@code memsession.*} properties. */
    BootProcess(Slot slot, Path jar, Map<String, String> properties) {
        super(slot);
        this.jar = copy(jar);
        this.properties = Map.copyOf(properties);
    }

    /** A copy: a jar that is built anew while a server runs from it breaks that server. */
    private Path copy(Path original) {
        try {
            return Files.copy(original, folder().resolve(original.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(java());
        command.add("-jar");
        command.add(jar.toString());
        command.add("--server.address=" + listens());
        command.add("--server.port=" + port());
        properties.forEach((name, value) -> command.add("--memsession." + name + "=" + value));
        command.add("--spring.main.banner-mode=off");
        return command;
    }
}
