package io.memsession.loadtest;

/** What became of a request, as its user judges it. */
enum Outcome {
    /** It was answered as it must be. */
    RIGHT,
    /** It was answered, with something that its user must not see. */
    WRONG,
    /** It got an error or no answer, and nothing excuses that. */
    FAILED,
    /** It got an error or no answer while the machine stood still. */
    STALLED,
    /** It got none, or was carried out twice, while an app server died: what was under way there may be lost so. */
    CUT_OFF
}
