package io.memsession.store;

/**
 * What a node handed out with a copy, to be shown when that copy is replaced.
 *
 * @param value the number that the server gave (memcached's CAS id); it starts again when the server restarts
 * @param connection the number of the connection that it came through, unique within this JVM
 */
public record CasToken(long value, long connection) {}
