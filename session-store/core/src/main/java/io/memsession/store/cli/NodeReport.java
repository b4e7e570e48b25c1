package io.memsession.store.cli;

import io.memsession.store.Inspection;
import io.memsession.store.Inspection.Completion;
import io.memsession.store.NodeFinding;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** How the nodes are, in words: one paragraph for each, then what is not well. */
final class NodeReport {
    /** What a clock may differ by, as memcached tells whole seconds. */
    private static final long CLOCK_SECONDS = 2;

    private static final double MEGABYTE = 1 << 20;

    private final Inspection inspection;
    private final Options options;
    private final PrintStream out;
    private final List<String> problems = new ArrayList<>();

    NodeReport(Inspection inspection, Options options, PrintStream out) {
        this.inspection = inspection;
        this.options = options;
        this.out = out;
    }

    /** Prints it; what the command is to exit with. */
    int print(List<String> keyPrefixes) {
        Map<String, Map<String, Completion>> complete = new LinkedHashMap<>();
        keyPrefixes.forEach(prefix -> complete.put(prefix, inspection.completion(prefix)));
        List<NodeFinding> nodes = inspection.nodes();
        for (NodeFinding node : nodes) {
            if (node.reachable()) {
                say(node);
                if (nodes.size() > 1) {
                    complete.forEach((prefix, all) ->
                            sayComplete(node, prefix, all.getOrDefault(node.id(), Completion.UNKNOWN)));
                }
            } else {
                out.println("node " + node.id() + " (" + node.address() + "): no answer");
                problem(
                        node,
                        "cannot be used: " + Terminal.visible(String.valueOf(node.trouble()))
                                + "; see whether it runs, and what is between");
            }
        }
        if (keyPrefixes.isEmpty()) {
            out.println("no application has left a stamp: none keeps sessions there, or no node can list its keys");
        }
        problems.forEach(out::println);
        out.println(problems.isEmpty() ? "all is well" : problems.size() + " not well");
        return problems.isEmpty() ? Main.WELL : Main.NOT_WELL;
    }

    private void say(NodeFinding node) {
        out.printf(
                Locale.ROOT,
                "node %s (%s): %s %s, answers in %.2f ms%n",
                node.id(),
                node.address(),
                node.redis() ? "Redis" : "memcached",
                Terminal.visible(node.counters().getOrDefault("version", "of unknown version")),
                node.latency().toNanos() / 1e6);
        out.printf(
                Locale.ROOT,
                "  memory   %.1f of %.1f MB, %,d items, %,d evictions since its start %,d s ago%n",
                node.counter("bytes") / MEGABYTE,
                node.counter("limit_maxbytes") / MEGABYTE,
                node.counter("curr_items"),
                node.counter("evictions"),
                node.counter("uptime"));
        sayLimit(node);
        String protocol = node.redis() ? "Redis" : options.protocol().name().toLowerCase(Locale.ROOT);
        out.println("  can      " + protocol + " protocol" + (node.storesCas() ? ", CAS" : "")
                + (node.listsKeys() ? ", list its keys" : ""));
        sayClock(node);
        if (!node.storesCas()) {
            problem(node, "hands out no CAS ids: it runs with -C, and sessions cannot be kept without losing changes");
        }
        if (!node.listsKeys()) {
            problem(node, "cannot list its keys: after a restart its records come back only as sessions are read");
        }
    }

    private void sayLimit(NodeFinding node) {
        OptionalLong largest = node.largestRecord();
        if (largest.isEmpty()) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "  limit    %,d bytes a record; maxRecordSize is %,d%n",
                largest.getAsLong(),
                options.maxRecordSize());
        if (largest.getAsLong() < options.maxRecordSize()) {
            problem(node, "takes smaller records than maxRecordSize: start it with a larger -I, or lower the setting");
        }
    }

    private void sayClock(NodeFinding node) {
        long time = node.counter("time");
        if (time > 0) {
            long ahead = time - Instant.now().getEpochSecond();
            out.println("  clock    "
                    + (Math.abs(ahead) < CLOCK_SECONDS
                            ? "as here"
                            : Math.abs(ahead) + " s " + (ahead > 0 ? "ahead of" : "behind") + " this machine's"));
        }
    }

    private void sayComplete(NodeFinding node, String prefix, Completion completion) {
        String application = prefix.isEmpty() ? "the application without prefix" : Terminal.visible(prefix);
        out.println("  " + completion.name().toLowerCase(Locale.ROOT) + " for " + application);
        String lacks = switch (completion) {
            case COMPLETE -> "";
            case UNCONFIRMED ->
                "may lack records of " + application
                        + ": another node lost what it knew of it, or an app server went around it";
            case INCOMPLETE -> "lacks records of " + application + ": it restarted, evicts, or is being repaired";
            case UNKNOWN -> "may lack records of " + application + ": a node that could tell does not answer";
        };
        if (!lacks.isEmpty()) {
            problem(node, lacks + "; an app server that runs repairs it once all nodes answer");
        }
    }

    private void problem(NodeFinding node, String what) {
        problems.add("! " + node.id() + " " + what);
    }
}
