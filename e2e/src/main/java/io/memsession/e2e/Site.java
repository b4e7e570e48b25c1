package io.memsession.e2e;

/** Where the processes of a cluster run, and how its app servers come to know the nodes. */
interface Site {
    /** All on this machine, and every app server is told the nodes. */
    Site HERE = process -> Place.HERE;

    /** Where the process with that name runs. */
    Place place(String process);

    /** The one address that app servers know, as in {@code discover:host:port}; empty if they know each node. */
    default String discovery() {
        return "";
    }
}
