package io.memsession.store.cli;

/** What is shown on a terminal. */
final class Terminal {
    private Terminal() {}

    /** The text without control characters: it comes from whoever can write into a node, or answer in its place. */
    static String visible(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
