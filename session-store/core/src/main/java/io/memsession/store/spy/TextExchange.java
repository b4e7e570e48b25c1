package io.memsession.store.spy;

import io.memsession.store.NodeFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A question in memcached's text protocol, as described in its {@code protocol.txt}, answered by one line. */
class TextExchange<T> extends Exchange<T> {
    private static final int MAX_LINE = 1024;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final ByteBuffer question;
    private final ByteBuffer line = ByteBuffer.allocate(MAX_LINE);
    private final Reading<T> reading;

    /**
     * A question.
     *
     * @param command the command's line without its end
     * @param block the data block that follows it, if one does
     */
    TextExchange(Peer peer, String command, byte @Nullable [] block, Reading<T> reading) {
        super(peer);
        this.reading = reading;
        byte[] start = command.getBytes(StandardCharsets.US_ASCII);
        int length = start.length + LINE_END.length + (block == null ? 0 : block.length + LINE_END.length);
        question = ByteBuffer.allocate(length).put(start).put(LINE_END);
        if (block != null) {
            question.put(block).put(LINE_END);
        }
        question.flip();
    }

    /** Makes of a line what the asker wants to know; null if it is no answer to the question. */
    @FunctionalInterface
    interface Reading<T> {
        /** The line's meaning, or null. */
        @Nullable
        T read(String line);
    }

    @Override
    public final void initialize() {
        setBuffer(question);
    }

    @Override
    public void readFromBuffer(ByteBuffer in) throws IOException {
        while (in.hasRemaining() && !isSettled()) {
            readLine(in);
        }
    }

    /** Reads on until the line's end; a whole line is handed to {@link #take}. */
    final void readLine(ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == '\n') {
                String whole = new String(line.array(), 0, line.position(), StandardCharsets.ISO_8859_1);
                line.clear();
                take(whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole);
                return;
            }
            if (!line.hasRemaining()) {
                throw garbled("a line without end");
            }
            line.put(next);
        }
    }

    void take(String whole) throws IOException {
        T value = reading.read(whole);
        if (value == null) {
            takeError(whole);
        } else {
            answered(value);
        }
    }

    /**
     * Reads a line that is no answer to the question. After {@code SERVER_ERROR} memcached goes on with the next
     * command; after any other error it may take a data block for commands, so that the connection is at its end.
     */
    final void takeError(String whole) throws IOException {
        NodeFailure rejected = whole.equals("CLIENT_ERROR unauthenticated")
                ? peer().unknownAsker()
                : peer().rejected("refused: " + whole.replaceAll("[^ -~]", "?"));
        if (whole.startsWith("SERVER_ERROR")) {
            refused(rejected);
        } else if (whole.startsWith("CLIENT_ERROR") || whole.equals("ERROR")) {
            fail(rejected);
            throw new IOException("an error in the command");
        } else {
            throw garbled("an answer to another question");
        }
    }
}
