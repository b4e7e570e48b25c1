package io.memsession.loadtest;

/**
 * An answer that its user must not get.
 *
 * @param kind in what way it is wrong
 * @param text what was seen, and what should have been
 */
record Wrong(Kind kind, String text) {

    /** In what way an answer can be wrong. */
    enum Kind {
        /** The session is gone, or another one stands in its place. */
        SESSION_LOST("sessions lost"),
        /** What an answered request wrote is not there. */
        WRITE_LOST("acknowledged writes lost"),
        /** What was there before an answered write is there again. */
        OLDER("older values after newer ones"),
        /** There is something that this user never wrote. */
        FOREIGN("values of nobody or of somebody else"),
        /** A session that was logged out is found. */
        REVIVED("logged-out sessions back"),
        /** An error, or no answer, though no app server died and the machine did not stand still meanwhile. */
        FAILED("requests failed");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What so many of them are, in the plural. */
        @Override
        public String toString() {
            return words;
        }
    }
}
