package io.memsession.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What follows a running demo: knows and prints who came up or went down, and does what is typed. */
final class DemoWatch {
    private static final int MILLIS_BETWEEN_LOOKS = 250;

    private final Cluster cluster;
    private final Map<ServerProcess, Seen> seen = new ConcurrentHashMap<>();
    private final StringBuilder typed = new StringBuilder();

    /** What a process was found to be, and which life of it that was. */
    private record Seen(Condition condition, long pid) {}

    /** A watch over a cluster that was started. */
    DemoWatch(Cluster cluster) {
        this.cluster = cluster;
        cluster.all().forEach(process -> seen.put(process, new Seen(Condition.UP, process.pid())));
    }

    /** Goes on until the JVM ends. */
    void follow() throws IOException, InterruptedException {
        while (true) {
            look();
            obeyWhatWasTyped();
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    /** Looks at every process once. */
    void look() {
        cluster.all().forEach(this::look);
    }

    /** What the process was when it was last looked at. */
    Condition condition(ServerProcess process) {
        Seen last = seen.get(process);
        return last == null ? Condition.DOWN : last.condition;
    }

    private void look(ServerProcess process) {
        Seen before = seen.getOrDefault(process, new Seen(Condition.DOWN, 0));
        Seen now = see(process, before);
        seen.put(process, now);
        if (now.condition != before.condition) {
            String kind = process instanceof NodeProcess ? "node " : "server ";
            Demo.say(kind + process + " " + now.condition.words() + (process.isRunning() ? ", pid " + now.pid : ""));
        }
    }

    private static Seen see(ServerProcess process, Seen before) {
        long pid = process.pid();
        if (!process.isRunning()) {
            return new Seen(Condition.DOWN, pid);
        }
        if (process.answers()) {
            return new Seen(Condition.UP, pid);
        }
        boolean answered =
                pid == before.pid && (before.condition == Condition.UP || before.condition == Condition.SILENT);
        return new Seen(answered ? Condition.SILENT : Condition.STARTING, pid);
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
        Optional<ServerProcess> process = cluster.process(words[words.length - 1]);
        Optional<Order> order = Order.of(words[0]);
        if (words.length != 2 || process.isEmpty() || order.isEmpty()) {
            Demo.say("not understood; as in: kill n1; there are " + Order.words());
            return;
        }
        order.get().carryOut(process.get());
    }
}
