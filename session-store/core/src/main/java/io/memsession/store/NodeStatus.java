package io.memsession.store;

/**
 * How a node is.
 *
 * @param id the node's id
 * @param address where it is
 * @param up whether it answers
 * @param complete whether it is up and believed to keep every record that it should
 */
public record NodeStatus(String id, String address, boolean up, boolean complete) {}
