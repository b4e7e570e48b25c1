package io.memsession.store;

/**
 * What became of a save.
 *
 * @param outcome whether the change is kept
 * @param homes where the session is kept now: it may have been renamed meanwhile
 * @param loaded what is kept now; meaningful if the change was saved
 * @param size the length of what was written last, in bytes; 0 if nothing was
 */
record Saved(SaveOutcome outcome, Homes homes, Loaded loaded, int size) {}
