package io.memsession.sample;

import java.io.Serializable;

/**
 * One request of a session.
 *
 * @param server the app server that answered
 * @param at when, in milliseconds since 1970
 * @param path what was asked for
 */
record Visit(String server, long at, String path) implements Serializable {}
