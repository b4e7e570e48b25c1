package io.memsession.e2e;

/**
 * What every process is given.
 *
 * @param children who starts it
 * @param layout where it finds its files
 * @param group what it belongs to, so that equal names of two clusters do not meet in one folder
 * @param name what it is called in logs and pages
 * @param place where it runs
 * @param port the TCP port it listens on
 */
record Slot(Children children, Layout layout, String group, String name, Place place, int port) {

    /** One on this machine. */
    Slot(Children children, Layout layout, String group, String name, int port) {
        this(children, layout, group, name, Place.HERE, port);
    }
}
