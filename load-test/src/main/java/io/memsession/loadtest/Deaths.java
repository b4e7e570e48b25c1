package io.memsession.loadtest;

/** When app servers died: requests that were under way then may have been carried out without an answer. */
@FunctionalInterface
interface Deaths {
    /** Nobody dies. */
    Deaths NONE = (began, ended) -> false;

    /** Whether an app server was dead, or did not yet answer again, at any moment of that time in nanoseconds. */
    boolean during(long began, long ended);
}
