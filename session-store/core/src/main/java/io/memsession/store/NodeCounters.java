package io.memsession.store;

/**
 * What a node counts of itself, as it told when it was last asked.
 *
 * @param bytes how much memory its items take
 * @param limit how much memory they may take, in bytes; 0 where there is no limit
 * @param evictions how many live items it threw out to make room, since its start
 * @param commands how many commands for keys it was given, by whoever, since its start
 */
public record NodeCounters(long bytes, long limit, long evictions, long commands) {}
