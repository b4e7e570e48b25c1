package io.memsession.e2e;

/** How a process of the demo is, as who asks it finds. */
enum Condition {
    /** It answers. */
    UP("is up"),
    /** It runs since a moment ago and does not answer yet. */
    STARTING("is starting"),
    /** It runs and does not answer: it hangs. */
    SILENT("does not answer"),
    /** It does not run. */
    DOWN("is down");

    private final String words;

    Condition(String words) {
        this.words = words;
    }

    /** As it stands after a process's name. */
    String words() {
        return words;
    }
}
