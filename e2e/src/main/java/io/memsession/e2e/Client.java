package io.memsession.e2e;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Somebody who does random things with a session, each at a random app server, and has all of it written down. */
final class Client {
    private static final String NOTE = "note";
    private static final List<String> ATTRIBUTES = List.of("a", "b", "c");
    private static final int LONGEST_PAUSE_MILLIS = 20;

    /** So many times more seldom is a calm session ended: it then outlives most faults. */
    private static final int CALM = 50;

    private final String name;
    private final Host host;
    private final List<? extends Entrance> entrances;
    private final RandomGenerator random;
    private final History history;
    private int written;

    /** What one request did. */
    private record Done(
            Operation.Outcome outcome,
            @Nullable String value,
            String note,
            @Nullable String cookie) {}

    Client(String name, Host host, List<? extends Entrance> entrances, RandomGenerator random, History history) {
        this.name = name;
        this.host = host;
        this.entrances = entrances;
        this.random = random;
        this.history = history;
    }

    /** Makes the session; whether that worked. */
    boolean make(SharedSession session) {
        String value = nextValue();
        Done done = ask(session, Operation.Kind.WRITE, "a", value, "POST", "/api/attributes/a?value=" + value);
        if (done.cookie == null) {
            return false;
        }
        session.made(done.cookie);
        return true;
    }

    /** Does one thing and waits a little. */
    void act(SharedSession session) {
        boolean calmly = session.calm() && random.nextInt(CALM) != 0;
        int dice = random.nextInt(calmly ? 94 : 100); // from 94 on are new ids and ends
        String attribute = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
        if (dice < 40) {
            ask(session, Operation.Kind.READ, attribute, null, "GET", "/api/attributes/" + attribute);
        } else if (dice < 48) {
            ask(session, Operation.Kind.READ, NOTE, null, "GET", "/api/note");
        } else if (dice < 78) {
            String value = nextValue();
            String path = "/api/attributes/" + attribute + "?value=" + value;
            ask(session, Operation.Kind.WRITE, attribute, value, "POST", path);
        } else if (dice < 88) {
            String value = nextValue();
            ask(session, Operation.Kind.WRITE, NOTE, value, "POST", "/api/note?value=" + value);
        } else if (dice < 94) {
            ask(session, Operation.Kind.WRITE, attribute, null, "DELETE", "/api/attributes/" + attribute);
        } else if (dice < 98) {
            rename(session);
        } else {
            session.end(); // no new id any more
            ask(session, Operation.Kind.END, "", null, "POST", "/api/logout");
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MILLIS)));
    }

    private void rename(SharedSession session) {
        if (session.mayRename()) {
            String path = random.nextBoolean() ? "/api/rename" : "/api/login?user=" + name;
            Done done = ask(session, Operation.Kind.RENAME, "", null, "POST", path);
            if (done.outcome == Operation.Outcome.DONE && done.cookie != null) {
                session.renamed(done.cookie);
            } else if (done.outcome == Operation.Outcome.UNKNOWN) {
                session.end(); // it may be left under an id that nobody has
            }
            session.renamingIsOver();
        }
    }

    private String nextValue() {
        return name + "-" + ++written;
    }

    private Done ask(
            SharedSession session,
            Operation.Kind kind,
            String attribute,
            @Nullable String value,
            String method,
            String path) {
        SharedSession.Key key = session.key();
        Entrance server = anyThatServes();
        long began = System.nanoTime();
        Done done = send(key.cookie(), browser -> browser.send(method, server.url(), path), kind);
        long ended = System.nanoTime();
        String seen = kind == Operation.Kind.READ ? done.value : value;
        history.add(new Operation(
                name,
                server.name(),
                session.name(),
                key.generation(),
                kind,
                attribute,
                seen,
                began,
                ended,
                done.outcome,
                done.note));
        return done;
    }

    /** As behind a balancer: one that was seen to be dead or to hang is not asked. */
    private Entrance anyThatServes() {
        List<? extends Entrance> serving =
                entrances.stream().filter(Entrance::isServing).toList();
        List<? extends Entrance> some = serving.isEmpty() ? entrances : serving;
        return some.get(random.nextInt(some.size()));
    }

    private Done send(@Nullable String cookie, Function<Browser, Answer> question, Operation.Kind kind) {
        Browser browser = new Browser(host);
        if (cookie != null) {
            browser.useSession(cookie);
        }
        try {
            return judge(question.apply(browser), cookie == null, kind, browser.session());
        } catch (UncheckedIOException e) {
            return new Done(Operation.Outcome.UNKNOWN, null, String.valueOf(e.getMessage()), null);
        }
    }

    /** Where a session that was asked for was not found, the server may have made another one: that is none of ours. */
    private static Done judge(Answer answer, boolean making, Operation.Kind kind, @Nullable String cookie) {
        if (answer.status() == 404 && kind == Operation.Kind.RENAME) {
            return new Done(Operation.Outcome.OVER, null, "", null);
        }
        if (answer.status() != 200) {
            return new Done(Operation.Outcome.UNKNOWN, null, "HTTP " + answer.status(), null);
        }
        boolean found = making || answer.json().path("found").asBoolean(kind == Operation.Kind.RENAME);
        String value = answer.json().path("value").isString() ? answer.text("value") : null;
        return new Done(found ? Operation.Outcome.DONE : Operation.Outcome.OVER, value, "", cookie);
    }
}
