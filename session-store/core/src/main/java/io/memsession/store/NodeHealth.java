package io.memsession.store;

/**
 * Whether a node may be asked now. A node is up until a connection is refused or lost, or until a few questions in a
 * row found no answer in time, or were answered by an error; then it is down, and nobody asks it, until a probe was
 * answered.
 *
 * <p>In a row means one after the other: a question counts only if it was sent after the last one that counted had
 * failed. A moment in which nothing moves, in the network or in this app server, makes many questions late at once, and
 * counts once. And failures of questions that were sent before the node went down are old news. The turn, noted when a
 * question is sent, tells both: it goes up with each failure that counts, and each time the node comes up.
 *
 * <p>A node that is up is believed complete, or is joining: written to and read, but its word alone is not enough. What
 * a poll found counts only if no failure was noted since the poll was sent: a stamp that was read just before the node
 * restarted says nothing of the node that is there now.
 */
final class NodeHealth {
    private final int failuresUntilDown;
    private volatile boolean up;
    private volatile boolean complete;
    /** No probe has failed since it went down last. */
    private volatile boolean justLost;

    private volatile long turn;
    private long upSinceTurn;
    private volatile int failuresInARow;
    private long failures;

    NodeHealth(int failuresUntilDown) {
        this.failuresUntilDown = failuresUntilDown;
    }

    boolean up() {
        return up;
    }

    /** Whether it is up, or may be in a moment: one that has only restarted is found by the first probe. */
    boolean upSoon() {
        return up || justLost;
    }

    /** Whether it is up and believed to keep every record that it should. */
    boolean complete() {
        return up && complete;
    }

    /** How many failures there were; to be noted when a poll is sent, and given back with what it found. */
    synchronized long failures() {
        return failures;
    }

    /** A poll found the node complete or not. Returns whether that is news. */
    synchronized boolean polled(boolean foundComplete, long failuresWhenSent) {
        if (!up || failures != failuresWhenSent || complete == foundComplete) {
            return false;
        }
        complete = foundComplete;
        return true;
    }

    /** Whether the last question that was settled found no answer in time. */
    boolean late() {
        return failuresInARow != 0;
    }

    /** To be noted when a question is sent, and given back with its failure. */
    long turn() {
        return turn;
    }

    /** A question was answered. */
    void answered() {
        if (failuresInARow != 0) {
            synchronized (this) {
                failuresInARow = 0;
            }
        }
    }

    /** The connection was refused or lost. Returns whether this took the node down. */
    synchronized boolean lost(long sentInTurn) {
        failures++;
        if (!up || sentInTurn < upSinceTurn) {
            return false;
        }
        goDown();
        return true;
    }

    /**
     * A question found no answer in time, or was answered by an error where there can be none. Returns whether this
     * took the node down.
     */
    synchronized boolean unanswered(long sentInTurn) {
        failures++;
        if (!up || sentInTurn != turn) {
            return false;
        }
        turn = turn + 1;
        if (++failuresInARow < failuresUntilDown) {
            return false;
        }
        goDown();
        return true;
    }

    /** A node would not keep something: it answers, but lacks what others keep. */
    synchronized void refused() {
        failures++;
    }

    private void goDown() {
        justLost = true;
        up = false;
        complete = false;
    }

    /** A probe found no answer. */
    void stillDown() {
        justLost = false;
    }

    /** A probe was answered. Returns whether this took the node up. */
    synchronized boolean probed() {
        if (up) {
            return false;
        }
        turn = turn + 1;
        upSinceTurn = turn;
        failuresInARow = 0;
        up = true;
        return true;
    }
}
