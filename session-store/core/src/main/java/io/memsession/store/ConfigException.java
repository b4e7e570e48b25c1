package io.memsession.store;

/** A setting that cannot be used. The message names the setting and the remedy. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** An unusable setting; the message is shown to the user as it is. */
    public ConfigException(String message) {
        super(message);
    }
}
