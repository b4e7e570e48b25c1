package io.memsession.store;

import org.jspecify.annotations.Nullable;

/** An attribute value that cannot be written, or bytes that cannot be read here. The message names the class. */
public final class AttributeCodecException extends Exception {
    private static final long serialVersionUID = 1;

    /** Says what cannot be written or read, and why. */
    public AttributeCodecException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
