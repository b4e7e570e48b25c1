package io.memsession.store.cli;

import io.memsession.store.CopyFinding;
import io.memsession.store.CopyFinding.State;
import io.memsession.store.Inspection;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the nodes keep of a session, in words: never a value, and never the whole id. */
final class SessionReport {
    private final Inspection inspection;
    private final PrintStream out;

    SessionReport(Inspection inspection, PrintStream out) {
        this.inspection = inspection;
        this.out = out;
    }

    /** Prints it for each application that may have the session; what the command is to exit with. */
    int print(List<String> keyPrefixes, String id) {
        boolean found = false;
        boolean well = true;
        for (String prefix : keyPrefixes) {
            List<CopyFinding> copies = inspection.session(prefix, id);
            if (copies.stream().anyMatch(copy -> copy.bytes() > 0 || copy.state() == State.UNKNOWN)) {
                found = true;
                out.println("application " + (prefix.isEmpty() ? "without prefix" : prefix));
                copies.forEach(this::say);
                well &= alike(copies.stream().filter(CopyFinding::home).toList());
            }
        }
        if (!found) {
            out.println(
                    "no node keeps anything of that session; with a key prefix that the nodes do not list, give --prefix");
        } else {
            out.println(well ? "all is well" : "not well: its homes differ, or it does not live");
        }
        return found && well ? Main.WELL : Main.NOT_WELL;
    }

    private static boolean alike(List<CopyFinding> homes) {
        CopyFinding first = homes.get(0);
        return homes.stream()
                .allMatch(copy -> copy.state() == first.state()
                        && copy.version() == first.version()
                        && (copy.state() == State.LIVE || copy.state() == State.SEALED));
    }

    private void say(CopyFinding copy) {
        out.printf(
                Locale.ROOT,
                "%s %s: %s",
                copy.home() ? "home" : "node",
                copy.node(),
                copy.state().name().toLowerCase(Locale.ROOT));
        if (copy.bytes() > 0) {
            out.printf(Locale.ROOT, ", %,d bytes", copy.bytes());
        }
        if (copy.created() != null) {
            out.print(", version " + copy.version() + ", created " + at(copy.created()) + ", last access "
                    + at(copy.lastAccess()) + ", ends " + at(copy.ends()));
        }
        out.println();
        copy.attributes()
                .forEach((name, size) -> out.printf(Locale.ROOT, "  %,9d  %s%n", size, Terminal.visible(name)));
    }

    private static String at(@Nullable Instant time) {
        return time == null ? "never" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
