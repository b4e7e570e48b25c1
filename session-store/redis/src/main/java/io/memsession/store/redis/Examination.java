package io.memsession.store.redis;

import io.lettuce.core.ScanCursor;
import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import io.memsession.store.NodeFailure;
import io.memsession.store.Written;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * What finds out what is behind an opaque address, by trying. Each trial has a connection of its own, which is thrown
 * away, as proxies close it at what they do not know.
 */
final class Examination {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final Dialer dialer;
    private final InetAddress candidate;
    private final Duration limit;
    private final String key =
            "memsession:trial:" + Long.toHexString(ThreadLocalRandom.current().nextLong());

    Examination(Dialer dialer, InetAddress candidate, Duration limit) {
        this.dialer = dialer;
        this.candidate = candidate;
        this.limit = limit;
    }

    /** Tries everything; fails if a copy cannot be compared and set, without which no session is kept. */
    Abilities abilities() throws NodeFailure {
        comparesAndSets();
        Optional<ServerInfo> info = tried(Questions::info);
        boolean listsKeys =
                tried(line -> Questions.page(line, ScanCursor.INITIAL, key)).isPresent();
        return new Abilities(info.map(ServerInfo::version).orElse(""), info.isPresent(), listsKeys);
    }

    private void comparesAndSets() throws NodeFailure {
        Line line = dialer.connect(candidate, limit);
        try {
            byte[] value = {};
            dialer.await(Questions.set(line, key, value, A_MINUTE), limit);
            CasToken seen = dialer.await(Questions.get(line, key), limit)
                    .map(Copy::token)
                    .orElseThrow(() -> dialer.peer().rejected("does not keep a value"));
            Written wrong = dialer.await(Questions.compareAndSet(line, key, seen.value() + 1, value, A_MINUTE), limit);
            Written right = dialer.await(Questions.compareAndSet(line, key, seen.value(), value, A_MINUTE), limit);
            if (wrong.stored() || !right.stored()) {
                throw dialer.peer().rejected("cannot compare and set (EVAL), without which no session is kept");
            }
        } finally {
            line.end("was only tried", null);
        }
    }

    private <T> Optional<T> tried(Function<Line, CompletableFuture<T>> question) throws NodeFailure {
        Line line = dialer.connect(candidate, limit);
        try {
            return Optional.of(dialer.await(question.apply(line), limit));
        } catch (NodeFailure e) {
            return Optional.empty(); // it cannot, or does not want to
        } finally {
            line.end("was only tried", null);
        }
    }
}
