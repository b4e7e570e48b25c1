package io.memsession.store;

/**
 * How records are sealed.
 *
 * @param keys the keys
 * @param readsPlain whether records from before sealing was turned on are still read, and sealed when they are; as long
 *     as they are, anybody who reaches a node can write some
 */
public record Sealing(EncryptionKeys keys, boolean readsPlain) {}
