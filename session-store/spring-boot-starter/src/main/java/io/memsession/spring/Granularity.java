package io.memsession.spring;

/** What of a session is written as one graph. */
enum Granularity {
    /** Each attribute by itself. */
    ATTRIBUTE,
    /** All attributes together. */
    SESSION
}
