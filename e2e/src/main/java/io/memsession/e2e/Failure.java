package io.memsession.e2e;

import java.time.Duration;

/** Something that happens to one process of a cluster, or to what is around it, and passes. */
interface Failure {
    /** Whom it happens to. */
    ServerProcess victim();

    /** How long it goes on. */
    Duration lasts();

    /** Lets it happen. */
    void begin();

    /** What is to be done again and again as long as it goes on. */
    default void goOn() {}

    /** Lets it pass, and waits until the victim answers; a node is repaired some time later. */
    void end();
}
