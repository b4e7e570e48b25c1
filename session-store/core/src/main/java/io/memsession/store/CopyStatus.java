package io.memsession.store;

/**
 * How one home of a session is, and what it keeps of it.
 *
 * @param node the home's id
 * @param up whether it answers
 * @param holds whether it keeps a live record of the session
 * @param version how many times that record was written; 0 without one
 * @param bytes the record's size; 0 without one
 */
public record CopyStatus(String node, boolean up, boolean holds, long version, int bytes) {}
