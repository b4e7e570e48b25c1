package io.memsession.store.line;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A server that is there, but cannot be used as the line to it is set: the message goes on after the server's name, and
 * says what is wrong and what to set.
 */
public final class LineException extends IOException {
    private static final long serialVersionUID = 1;

    LineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
