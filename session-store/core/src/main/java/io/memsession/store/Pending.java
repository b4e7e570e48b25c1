package io.memsession.store;

import org.jspecify.annotations.Nullable;

/**
 * What a save is about to keep of a live session.
 *
 * @param base what it was read as; null for a new session
 */
record Pending(Homes homes, @Nullable Loaded base, Delta delta, Attributes.Changes changes) {}
