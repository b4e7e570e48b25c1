package io.memsession.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An app server that runs the shop. */
public abstract class AppServer extends ServerProcess implements Entrance {
    private static final int FIRST_JAVA_THAT_CAN_DENY_UNSAFE = 23;

    private volatile Duration clockAhead = Duration.ZERO;
    private volatile List<String> jvmOptions = List.of();
    private volatile String pictures = "";

    /** An app server, not yet started. */
    AppServer(Slot slot) {
        super(slot);
    }

    /** Has its clock ahead of the machine's by so many seconds from its next start on; zero for the machine's own. */
    public final void clockAhead(Duration changed) {
        clockAhead = changed;
    }

    /** Has its JVM started with those options more, from its next start on. */
    public final void jvmOptions(String... changed) {
        jvmOptions = List.of(changed);
    }

    /** Has the shop keep pictures in those memcacheds. */
    final void pictures(List<MemcachedProcess> nodes) {
        pictures = nodes.stream().map(ServerProcess::hostAndPort).collect(Collectors.joining(","));
    }

    /** The words that start a small JVM like this one, of the same JDK; what later JDKs will deny is denied now. */
    final List<String> java() {
        List<String> words = new ArrayList<>(ShiftedClock.words(clockAhead));
        words.add(Children.jdkProgram("java"));
        words.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dshop.server=" + name()));
        if (Runtime.version().feature() >= FIRST_JAVA_THAT_CAN_DENY_UNSAFE) {
            words.add("--sun-misc-unsafe-memory-access=deny");
        }
        words.add("-Dshop.pictures=" + pictures);
        words.addAll(jvmOptions);
        return words;
    }

    /** Whether the last that it said of that node is that it is complete. */
    public final boolean believesComplete(String node) {
        return lastSaidOf(node).equals("complete");
    }

    /** Whether the last that it said of that node is that it is down. */
    public final boolean believesDown(String node) {
        return lastSaidOf(node).equals("down");
    }

    private String lastSaidOf(String node) {
        Pattern state = Pattern.compile("node " + node + " (\\(.*\\) )?is (not complete|complete|down|up)");
        return printed()
                .lines()
                .map(state::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(2))
                .reduce("", (first, second) -> second);
    }

    @Override
    final boolean answers() {
        return answersTo("/api/nothing");
    }
}
