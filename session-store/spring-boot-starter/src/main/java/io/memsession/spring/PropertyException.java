package io.memsession.spring;

/** A property that cannot be used. The message names it and says why; the remedy says what to write instead. */
final class PropertyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String remedy;

    PropertyException(String property, String why, String remedy) {
        super(property + ": " + why);
        this.remedy = remedy;
    }

    /** What to do about it. */
    String remedy() {
        return remedy;
    }
}
