package io.memsession.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What follows a running demo: prints who came up or went down, and does what is typed. */
final class DemoWatch {
    private static final int MILLIS_BETWEEN_LOOKS = 250;

    private final Cluster cluster;
    private final Map<ServerProcess, State> seen = new HashMap<>();
    private final StringBuilder typed = new StringBuilder();

    private enum State {
        UP("is up"),
        SILENT("does not answer"),
        DOWN("is down");

        private final String words;

        State(String words) {
            this.words = words;
        }
    }

    DemoWatch(Cluster cluster) {
        this.cluster = cluster;
        cluster.all().forEach(process -> seen.put(process, State.UP));
    }

    /** Goes on until the JVM ends. */
    void follow() throws IOException, InterruptedException {
        while (true) {
            cluster.all().forEach(this::look);
            obeyWhatWasTyped();
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    private void look(ServerProcess process) {
        State before = seen.getOrDefault(process, State.UP);
        State now = !process.isRunning() ? State.DOWN : process.answers() ? State.UP : State.SILENT;
        if (before == State.DOWN && now == State.SILENT) {
            return; // it is starting
        }
        if (seen.put(process, now) != now) {
            String kind = process instanceof NodeProcess ? "node " : "server ";
            Demo.say(kind + process + " " + now.words + (now == State.UP ? ", pid " + process.pid() : ""));
        }
    }

    /** Asks first how much there is to read: a read would stop a demo that runs in a terminal's background. */
    private void obeyWhatWasTyped() throws IOException {
        while (System.in.available() > 0) {
            int c = System.in.read();
            if (c == '\n') {
                obey(typed.toString().strip());
                typed.setLength(0);
            } else if (c > 0 && typed.length() < 100) {
                typed.append(new String(new byte[] {(byte) c}, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void obey(String line) {
        String[] words = line.split("\\s+");
        Optional<ServerProcess> process = cluster.all().stream()
                .filter(one -> one.name().equals(words[words.length - 1]))
                .findFirst();
        if (words.length != 2 || process.isEmpty()) {
            Demo.say("not understood; as in: kill n1");
            return;
        }
        switch (words[0]) {
            case "kill" -> process.get().kill9();
            case "start" -> startIfStopped(process.get());
            case "pause" -> process.get().pause();
            case "resume" -> process.get().resume();
            default -> Demo.say("not understood: " + words[0] + "; there are kill, start, pause, resume");
        }
    }

    private static void startIfStopped(ServerProcess process) {
        if (!process.isRunning()) {
            process.start();
        }
    }
}
