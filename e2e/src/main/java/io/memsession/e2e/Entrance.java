package io.memsession.e2e;

/** Where clients ask: an app server, or what stands before the app servers. */
interface Entrance {
    /** What it is called in histories. */
    String name();

    /** Where it answers, without a slash at the end. */
    String url();

    /** Whether it has answered since its last start, and was neither killed nor paused then. */
    boolean isServing();
}
