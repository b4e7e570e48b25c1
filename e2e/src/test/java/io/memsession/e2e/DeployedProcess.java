package io.memsession.e2e;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** A process with the command and the environment that a file in {@code deploy/} gives it. */
final class DeployedProcess extends ServerProcess {
    private static final int ONE_SECOND = 1000;

    private final List<String> command = new ArrayList<>(List.of("env"));
    private final IntPredicate answers;

    /**
     * A process, not yet started.
     *
     * @param answers whether it answers at that port
     */
    DeployedProcess(Slot slot, Map<String, String> environment, List<String> command, IntPredicate answers) {
        super(slot);
        environment.forEach((name, value) -> this.command.add(name + "=" + value));
        this.command.addAll(command);
        this.answers = answers;
    }

    @Override
    List<String> command() {
        return command;
    }

    @Override
    boolean answers() {
        return answers.test(port());
    }

    /** The status that is answered to a GET at a port of this machine; 0 if there is no answer. */
    static int status(int port, String path) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(ONE_SECOND);
            connection.setReadTimeout(5 * ONE_SECOND);
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
