package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What users ask of one app server of a simulation, noted in the history. */
final class SimulatedRequests {
    private static final List<String> ATTRIBUTES = List.of("x", "y");

    /** An attribute that is there from the beginning, and once removed never set again. */
    private static final String REMOVED = "z";

    private final SimulatedAppServer appServer;
    private final Scenario scenario;
    private final SimulatedTime time;
    private final Random random;
    private final History history;
    private final Consumer<String> trace;
    private final Pair pair;
    private final Map<String, Loaded> remembered = new HashMap<>();
    private int writes;

    SimulatedRequests(
            SimulatedAppServer appServer,
            Scenario scenario,
            SimulatedTime time,
            Random random,
            History history,
            Consumer<String> trace) {
        this.appServer = appServer;
        this.scenario = scenario;
        this.time = time;
        this.random = random;
        this.history = history;
        this.trace = trace;
        this.pair = appServer.pair();
    }

    /** Creates the session. Completes normally if it is kept. */
    CompletableFuture<Void> create(SimulatedSession session) {
        TreeMap<String, Optional<Slice>> attributes = new TreeMap<>();
        long began = time.nanoTime();
        for (String attribute : all()) {
            String value = session.name() + attribute + "0";
            attributes.put(attribute, Optional.of(Slice.of(value.getBytes(UTF_8))));
            history.writeBegan(session.name(), attribute, value, began);
        }
        long now = appServer.clock().millis();
        Delta delta = new Delta(now, now, pair.expiry().timeout(scenario.timeout()), null, attributes);
        return pair.save(pair.homes(session.id()), null, delta).thenAccept(saved -> {
            history.foundLive(session.name(), began, time.nanoTime());
            attributes.forEach((attribute, value) -> history.written(
                    session.name(), attribute, session.name() + attribute + "0", began, time.nanoTime()));
        });
    }

    /** One request: a read, and perhaps a write, another id, or the end of the session. Completes normally. */
    CompletableFuture<Void> any(SimulatedSession session) {
        int kind = random.nextInt(160);
        if (kind == 0) {
            return end(session);
        }
        if (kind < 9 && session.renaming() < scenario.renames()) {
            return rename(session);
        }
        if (kind < 13) {
            return readUnderAnOldId(session);
        }
        if (kind < 20) {
            return goOnWithWhatIsRemembered(session);
        }
        return kind < 80 ? read(session) : readAndWrite(session);
    }

    private static List<String> all() {
        return Stream.concat(ATTRIBUTES.stream(), Stream.of(REMOVED)).toList();
    }

    private CompletableFuture<Void> end(SimulatedSession session) {
        long began = time.nanoTime();
        history.endBegan(session.name(), began);
        trace.accept(appServer.name() + " ends " + session.id());
        return pair.end(pair.homes(session.id())).handle((done, error) -> {
            if (error == null) {
                history.ended(session.name(), time.nanoTime());
            } else {
                unavailable("end of " + session.name(), began, error);
            }
            return null;
        });
    }

    private CompletableFuture<Void> rename(SimulatedSession session) {
        long began = time.nanoTime();
        SessionId from = session.id();
        SessionId to = session.nextId();
        session.leaves(from);
        trace.accept(appServer.name() + " renames " + from + " to " + to);
        return pair.rename(pair.homes(from), pair.homes(to)).handle((loaded, error) -> {
            if (error != null) {
                unavailable("rename of " + session.name(), began, error);
            } else if (loaded.live() != null) {
                trace.accept(appServer.name() + " renamed " + from + " to " + to);
                if (!session.goesTo(from, to, time.nanoTime())) {
                    history.violations().add("session " + session.name() + " was renamed twice from " + from);
                }
            } else {
                session.doesNotGoTo(to, time.nanoTime());
                if (!session.contested(from)) {
                    history.foundOver(session.name(), began, time.nanoTime());
                }
            }
            return null;
        });
    }

    /** A request that only reads. An access that need not be noted before the answer is noted after it. */
    CompletableFuture<Void> read(SimulatedSession session) {
        SessionId id = session.id();
        return load(session, id).thenApply(loaded -> {
            long now = appServer.clock().millis();
            if (loaded != null && Expiry.accessDue(Objects.requireNonNull(loaded.live()), now)) {
                var unused = pair.noteAccess(pair.homes(id), loaded, now);
            }
            return null;
        });
    }

    /** A request by a cookie from before a rename. */
    private CompletableFuture<Void> readUnderAnOldId(SimulatedSession session) {
        List<SessionId> old = session.oldIds();
        return old.isEmpty() ? read(session) : readUnderOldId(session, old.get(random.nextInt(old.size())));
    }

    /** A request under an id that the session has left, or never had: it must not live there. */
    CompletableFuture<Void> readUnderOldId(SimulatedSession session, SessionId id) {
        long began = time.nanoTime();
        return pair.load(pair.homes(id)).handle((loaded, error) -> {
            if (error == null && loaded.live() != null && session.leftAt(id) < began) {
                history.violations().add("session " + session.name() + " lives under the id " + id + ", not its own");
            }
            return null;
        });
    }

    private CompletableFuture<Void> readAndWrite(SimulatedSession session) {
        SessionId id = session.id();
        return load(session, id)
                .thenCompose(loaded -> loaded == null
                        ? CompletableFuture.completedFuture(null)
                        : appServer.pause(timeAtWork()).thenCompose(worked -> write(session, id, loaded, true)));
    }

    /** Mostly short; now and then so long that nodes fail and are repaired behind the back of one request. */
    private Duration timeAtWork() {
        return Duration.ofMillis(random.nextInt(random.nextInt(100) == 0 ? 8_000 : 30));
    }

    /** As a sticky app server does: it writes without reading, or gives nodes back what they may have lost. */
    private CompletableFuture<Void> goOnWithWhatIsRemembered(SimulatedSession session) {
        SessionId id = session.id();
        Loaded last = remembered.get(id.plain());
        SessionRecord record = last == null ? null : last.live();
        if (last == null || record == null || appServer.clock().millis() > Expiry.deadline(record)) {
            return read(session);
        }
        return random.nextBoolean() ? write(session, id, last, false) : refill(session, id, record);
    }

    private CompletableFuture<@Nullable Loaded> load(SimulatedSession session, SessionId id) {
        long began = time.nanoTime();
        return pair.load(pair.homes(id)).handle((loaded, error) -> {
            if (error != null) {
                unavailable("read of " + session.name(), began, error);
                return null;
            }
            note(session, id, loaded, began);
            return loaded.live() == null ? null : loaded;
        });
    }

    private void note(SimulatedSession session, SessionId id, Loaded loaded, long began) {
        String name = session.name();
        if (loaded.live() == null) {
            if (!session.mayHaveLeft(id)) {
                history.foundOver(name, began, time.nanoTime());
            }
            return;
        }
        if (session.leftAt(id) < began) {
            history.violations().add("session " + name + " lives under the id " + id + ", which it has left");
        }
        remembered.put(id.plain(), loaded);
        history.foundLive(name, began, time.nanoTime());
        for (String attribute : all()) {
            String value = AppServer.value(loaded, attribute).orElse(null);
            trace.accept(appServer.name() + " read " + name + "." + attribute + "=" + value);
            history.read(name, attribute, value, began, time.nanoTime());
        }
    }

    /** @param following whether the change goes on where somebody renamed the session to */
    private CompletableFuture<Void> write(SimulatedSession session, SessionId id, Loaded base, boolean following) {
        String attribute = random.nextInt(20) == 0 ? REMOVED : ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
        String value = attribute.equals(REMOVED) ? null : appServer.name() + "-" + ++writes;
        String what = session.name() + "." + attribute + "=" + value;
        long began = time.nanoTime();
        history.writeBegan(session.name(), attribute, value, began);
        trace.accept(appServer.name() + " writes " + what);
        TreeMap<String, Optional<Slice>> changed = new TreeMap<>();
        changed.put(attribute, Optional.ofNullable(value).map(text -> Slice.of(text.getBytes(UTF_8))));
        Delta delta = new Delta(Long.MIN_VALUE, appServer.clock().millis(), null, null, changed);
        CompletableFuture<Saved> saving =
                following ? pair.save(pair.homes(id), base, delta) : pair.saveUnderThisId(pair.homes(id), base, delta);
        return saving.handle((saved, error) -> {
            if (error != null) {
                unavailable("write of " + session.name(), began, error);
            } else if (saved.outcome() == SaveOutcome.SAVED) {
                trace.accept(appServer.name() + " wrote " + what);
                remembered.put(saved.homes().id().plain(), saved.loaded());
                history.foundLive(session.name(), began, time.nanoTime());
                history.written(session.name(), attribute, value, began, time.nanoTime());
                String seen = AppServer.value(base, attribute).orElse(null);
                history.replaced(session.name(), attribute, seen, time.nanoTime());
            } else if (following || !session.mayHaveLeft(id)) {
                history.foundOver(session.name(), began, time.nanoTime());
            }
            return null;
        });
    }

    /** Gives the nodes what is remembered of the session, should they have lost it. */
    private CompletableFuture<Void> refill(SimulatedSession session, SessionId id, SessionRecord record) {
        long began = time.nanoTime();
        return new RefillOperation(pair, pair.homes(id), record).run().handle((found, error) -> {
            if (error != null) {
                unavailable("refill of " + session.name(), began, error);
            } else if (found.live() == null && !session.mayHaveLeft(id)) {
                history.foundOver(session.name(), began, time.nanoTime());
            }
            return null;
        });
    }

    private void unavailable(String what, long began, Throwable error) {
        trace.accept(appServer.name() + ": " + what + " failed: " + error);
        history.unavailable(what + " by " + appServer.name() + " (" + error.getMessage() + ")", began, time.nanoTime());
    }
}
