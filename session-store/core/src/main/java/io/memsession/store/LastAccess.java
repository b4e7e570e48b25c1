package io.memsession.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a live session was asked for last, as far as this app server knows. Not thread-safe. */
final class LastAccess {
    private long time;
    /** Whether that is earlier than what is kept, because somebody here said so. */
    private boolean setBack;

    LastAccess(long time) {
        this.time = time;
    }

    /** In milliseconds since 1970. */
    long time() {
        return time;
    }

    /** Notes an access; an earlier one than the one known is ignored. {@code kept}: the last one that is kept. */
    void note(long access, long kept) {
        time = Math.max(time, access);
        compare(kept);
    }

    /** Sets it, back if need be. */
    void set(long access, long kept) {
        time = access;
        setBack = access < kept;
    }

    /** Takes over what is kept now, unless it was set back here. */
    void takeOver(SessionRecord record) {
        time = setBack ? time : Math.max(time, SetBack.lastAccess(record));
    }

    /** What is kept has changed: whether it still is later than what was said here. */
    void compare(long kept) {
        setBack &= time < kept;
    }

    boolean isSetBack() {
        return setBack;
    }

    /** What is to be kept of an access that was set back, with the access that is kept for others. */
    Optional<Slice> toKeep(long kept, @Nullable Timeout timeout, long now) {
        boolean exact = timeout != null && now - time > timeout.slack();
        return Optional.of(new SetBack(kept, time, exact).bytes());
    }
}
