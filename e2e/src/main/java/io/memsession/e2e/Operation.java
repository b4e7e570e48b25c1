package io.memsession.e2e;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request as its client saw it.
 *
 * @param client who asked
 * @param server which app server was asked
 * @param session the session by a name of the client's own, that stays when its id changes
 * @param generation which id the request carried: 0 is the session's first
 * @param kind what was asked
 * @param attribute what was read or written; empty for what is about the session as a whole
 * @param value what was read or written; null for nothing there, or a removal
 * @param began when it was sent, in nanoseconds of the client's clock
 * @param ended when the answer was there, or was given up
 * @param outcome what the answer was
 * @param note what else is to be told of it; the error, if there was one
 */
public record Operation(
        String client,
        String server,
        String session,
        int generation,
        Kind kind,
        String attribute,
        @Nullable String value,
        long began,
        long ended,
        Outcome outcome,
        String note) {

    /** What can be asked. */
    public enum Kind {
        /** An attribute is looked at. */
        READ,
        /** An attribute is set, removed or changed in place. */
        WRITE,
        /** The session gets another id. */
        RENAME,
        /** The session is ended. */
        END
    }

    /** What can be answered. */
    public enum Outcome {
        /** It was done, in the session that was meant. */
        DONE,
        /** There is no such session. */
        OVER,
        /** No answer, or an error: it may or may not have been done, now or later. */
        UNKNOWN
    }

    boolean done() {
        return outcome == Outcome.DONE;
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether it found the session alive. */
    boolean foundLive() {
        return done() && kind != Kind.END;
    }

    /** How long its client waited, in milliseconds. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(ended - began);
    }

    /** As a line, with times in milliseconds after an origin. */
    String line(long origin) {
        String what = attribute.isEmpty() ? "" : " " + attribute + (value == null ? " (nothing)" : " = " + value);
        return String.format(
                Locale.ROOT,
                "%9.1f .. %9.1f ms  %s at %s: %s%s, id %d of session %s: %s%s",
                (began - origin) / 1e6,
                (ended - origin) / 1e6,
                client,
                server,
                kind.name().toLowerCase(Locale.ROOT),
                what,
                generation,
                session,
                outcome.name().toLowerCase(Locale.ROOT),
                note.isEmpty() ? "" : " (" + note + ")");
    }
}
