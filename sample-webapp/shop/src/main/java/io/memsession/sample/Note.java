package io.memsession.sample;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A text that is kept in the session once and from then on changed in place, without a word to the session. */
final class Note implements Serializable {
    private static final long serialVersionUID = 1;

    /** Under what it is kept. */
    static final String ATTRIBUTE = "shop.note";

    private volatile @Nullable String text;

    @Nullable
    String text() {
        return text;
    }

    void text(String changed) {
        text = changed;
    }
}
