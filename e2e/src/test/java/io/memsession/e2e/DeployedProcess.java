package io.memsession.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process with the command and the environment that a file in {@code deploy/} gives it. */
final class DeployedProcess extends ServerProcess {
    /** For a process that does not speak HTTP: it answers when its port does. */
    static final String BY_ITS_PORT = "";

    private static final int FIVE_SECONDS = 5000;

    private final List<String> command = new ArrayList<>(List.of("env"));
    private final String health;

    /**
     * A process, not yet started.
     *
     * @param health the path at which it answers 200 when it is ready, or {@link #BY_ITS_PORT}
     */
    DeployedProcess(Slot slot, Map<String, String> environment, List<String> command, String health) {
        super(slot);
        environment.forEach((name, value) -> this.command.add(name + "=" + value));
        this.command.addAll(command);
        this.health = health;
    }

    @Override
    List<String> command() {
        return command;
    }

    @Override
    boolean answers() {
        return health.equals(BY_ITS_PORT) ? Ports.answers(port()) : answersTo(health);
    }

    /** The status that is answered to a GET, within five seconds; 0 if there is no answer. */
    int status(String path) {
        return status(path, FIVE_SECONDS);
    }
}
