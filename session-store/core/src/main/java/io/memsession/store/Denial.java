package io.memsession.store;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a node is down that is there: because it and this app server are not set alike, if so. */
final class Denial {
    private volatile @Nullable NodeFailure reason;

    Optional<NodeFailure> reason() {
        return Optional.ofNullable(reason);
    }

    /** Notes why the node is down. Returns whether it is for such a reason, and for another than before. */
    boolean note(NodeFailure failure) {
        NodeFailure before = reason;
        boolean denied = failure.kind() == NodeFailure.Kind.DENIED;
        reason = denied ? failure : null;
        return denied && (before == null || !Objects.equals(failure.getMessage(), before.getMessage()));
    }

    /** The node is up. */
    void end() {
        reason = null;
    }
}
