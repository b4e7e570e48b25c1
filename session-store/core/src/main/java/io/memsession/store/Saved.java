package io.memsession.store;

/**
 * What became of a save.
 *
 * @param outcome whether the change is kept
 * @param homes where the session is kept now: it may have been renamed meanwhile
 * @param loaded what is kept now; meaningful if the change was saved
 */
record Saved(SaveOutcome outcome, Homes homes, Loaded loaded) {}
