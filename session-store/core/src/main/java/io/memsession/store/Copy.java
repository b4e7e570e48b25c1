package io.memsession.store;

/**
 * A record as one node handed it out.
 *
 * @param value the record's bytes; owned by the copy, not to be changed
 * @param token what to show when replacing exactly this copy
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are read in place, for speed
public record Copy(byte[] value, CasToken token) {}
