package io.memsession.spring;

/** A property that cannot be used. The message names it and says why; the remedy says what to write instead. */
final class PropertyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String property;

    PropertyException(String property, String why) {
        super(property + ": " + why);
        this.property = property;
    }

    /** What to do about it. */
    String remedy() {
        return Remedies.of(property);
    }
}
