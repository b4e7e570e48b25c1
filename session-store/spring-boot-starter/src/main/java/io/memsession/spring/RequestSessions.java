package io.memsession.spring;

import io.memsession.store.StoreUnavailableException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one request knows of sessions, so that it asks the nodes once for each: which it found, which are not there, and
 * which could not be read. Spring Session's filter asks again for the session it already has whenever a response
 * commits before the request ends. Thread-safe.
 */
final class RequestSessions {
    /** More than that is no request of a user; what it reads is not held on to. */
    static final int LIMIT = 16;

    /** The answer to one question: a session, none, or no answer. */
    private record Answer(
            @Nullable MemcachedSession session, @Nullable StoreUnavailableException failure) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Answer> answers = new HashMap<>();

    private final boolean touches;

    /** What a request knows that is an access to its session, or, for one that only polls, is none. */
    RequestSessions(boolean touches) {
        this.touches = touches;
    }

    /** Whether asking for a session in this request is an access to it. */
    boolean touches() {
        return touches;
    }

    /** The session with that id, from the store if this request did not ask for it before. */
    @Nullable
    MemcachedSession find(String id, Supplier<@Nullable MemcachedSession> store) {
        Answer answer = answer(id);
        if (answer == null) {
            answer = ask(store);
            note(id, answer);
        }
        if (answer.failure != null) {
            throw answer.failure;
        }
        return answer.session;
    }

    private static Answer ask(Supplier<@Nullable MemcachedSession> store) {
        try {
            return new Answer(store.get(), null);
        } catch (StoreUnavailableException e) {
            return new Answer(null, e);
        }
    }

    private @Nullable Answer answer(String id) {
        lock.lock();
        try {
            return answers.get(id);
        } finally {
            lock.unlock();
        }
    }

    private void note(String id, Answer answer) {
        lock.lock();
        try {
            if (answers.size() < LIMIT || answers.containsKey(id)) {
                answers.put(id, answer);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The session is kept under that id. */
    void found(String id, MemcachedSession session) {
        note(id, new Answer(session, null));
    }

    /** Nothing is kept under that id, or nothing any more. */
    void over(String id) {
        note(id, new Answer(null, null));
    }

    /** The session of this request that has that id now, be it saved under it or not. */
    Optional<MemcachedSession> withId(String id) {
        lock.lock();
        try {
            return answers.values().stream()
                    .map(Answer::session)
                    .filter(session -> session != null && session.getId().equals(id))
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }
}
