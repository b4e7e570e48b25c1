package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What users ask of one app server of a simulation, noted in the history. */
final class SimulatedRequests {
    private static final List<String> ATTRIBUTES = List.of("x", "y");

    private final SimulatedAppServer appServer;
    private final Scenario scenario;
    private final SimulatedTime time;
    private final Random random;
    private final History history;
    private final Consumer<String> trace;
    private final Pair pair;
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
        for (String attribute : ATTRIBUTES) {
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
        int kind = random.nextInt(40);
        if (kind == 0) {
            return end(session);
        }
        if (kind == 1 && session.renaming() < scenario.renames()) {
            return rename(session);
        }
        return kind < 20 ? read(session) : readAndWrite(session);
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
            } else if (!session.contested(from)) {
                history.foundOver(session.name(), began, time.nanoTime());
            }
            return null;
        });
    }

    /** A request that only reads. */
    CompletableFuture<Void> read(SimulatedSession session) {
        return load(session, session.id()).thenApply(loaded -> null);
    }

    private CompletableFuture<Void> readAndWrite(SimulatedSession session) {
        SessionId id = session.id();
        return load(session, id)
                .thenCompose(loaded -> loaded == null
                        ? CompletableFuture.completedFuture(null)
                        : appServer
                                .pause(Duration.ofMillis(random.nextInt(30)))
                                .thenCompose(worked -> write(session, id, loaded)));
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
        history.foundLive(name, began, time.nanoTime());
        for (String attribute : ATTRIBUTES) {
            String value = AppServer.value(loaded, attribute).orElse(null);
            trace.accept(appServer.name() + " read " + name + "." + attribute + "=" + value);
            history.read(name, attribute, value, began, time.nanoTime());
        }
    }

    private CompletableFuture<Void> write(SimulatedSession session, SessionId id, Loaded loaded) {
        String attribute = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
        String value = appServer.name() + "-" + ++writes;
        String what = session.name() + "." + attribute + "=" + value;
        long began = time.nanoTime();
        history.writeBegan(session.name(), attribute, value, began);
        trace.accept(appServer.name() + " writes " + what);
        TreeMap<String, Optional<Slice>> changed = new TreeMap<>();
        changed.put(attribute, Optional.of(Slice.of(value.getBytes(UTF_8))));
        Delta delta = new Delta(Long.MIN_VALUE, appServer.clock().millis(), null, null, changed);
        return pair.save(pair.homes(id), loaded, delta).handle((saved, error) -> {
            if (error != null) {
                unavailable("write of " + session.name(), began, error);
            } else if (saved.outcome() == SaveOutcome.SAVED) {
                trace.accept(appServer.name() + " wrote " + what);
                history.written(session.name(), attribute, value, began, time.nanoTime());
            } else if (!session.mayHaveLeft(id)) {
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
