package io.memsession.loadtest;

/**
 * One request of a user.
 *
 * @param kind what for
 * @param what the article, if it is about one
 * @param value what is written, if something is; a quantity as digits
 */
record Step(Kind kind, String what, String value) {

    /** What users do at the shop. */
    enum Kind {
        /** Reads the note: a request that changes nothing. */
        BROWSE("browse", false),
        /** Looks at the cart; the shop writes down that it did. */
        LOOK("look at the cart", false),
        /** Makes it so many of an article. */
        ADD("add to cart", true),
        /** Changes the note in place, without a word to the session. */
        CHANGE("change in place", true),
        /** Gives a name, and gets another session id. */
        LOG_IN("log in", true),
        /** Ends the session. */
        LOG_OUT("log out", true),
        /** Comes with the cookie of the session that was just ended. */
        COME_BACK("come back after logout", false);

        private final String words;
        private final boolean post;

        Kind(String words, boolean post) {
            this.words = words;
            this.post = post;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** One that names nothing and writes nothing. */
    Step(Kind kind) {
        this(kind, "", "");
    }

    /** Whether it is a POST, else a GET. */
    boolean isPost() {
        return kind.post;
    }

    /** The path with its query. */
    String path() {
        return switch (kind) {
            case BROWSE, COME_BACK -> "/api/note";
            case LOOK -> "/api/cart";
            case ADD -> "/api/cart?sku=" + what + "&quantity=" + value;
            case CHANGE -> "/api/note?value=" + value;
            case LOG_IN -> "/api/login?user=" + value;
            case LOG_OUT -> "/api/logout";
        };
    }

    @Override
    public String toString() {
        return what.isEmpty() && value.isEmpty() ? kind.toString() : kind + " (" + (what + " " + value).strip() + ")";
    }
}
