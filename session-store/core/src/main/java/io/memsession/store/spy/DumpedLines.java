package io.memsession.store.spy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a {@code metadump}, each of which begins with {@code key=} and a key in which all but letters, digits
 * and {@code -._~} is written as {@code %} and two hexadecimal digits. Read byte by byte, without an object for each
 * line: a list of a hundred thousand would else take both cores of a small machine for as long as requests notice.
 */
final class DumpedLines {
    private static final byte[] KEY = "key=".getBytes(ISO_8859_1);
    private static final byte[] END = "END".getBytes(ISO_8859_1);
    private static final int LONGEST_LINE = 4_096;
    private static final int SHOWN = 100;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] decoded = new byte[LONGEST_LINE];
    /** What was read and not yet looked at begins here. */
    private int rest;

    private int filled;
    private int start;
    private int end;

    DumpedLines(InputStream in) {
        this.in = in;
    }

    /**
     * Goes on to the next line; whether there is one before the line that ends the list.
     *
     * @throws IOException if the stream ends before the list
     */
    boolean next() throws IOException {
        int newline = newlineFrom(rest);
        while (newline < 0) {
            if (filled - rest > LONGEST_LINE) {
                throw new IOException("a line is longer than " + LONGEST_LINE + " bytes");
            }
            int looked = filled - rest;
            fill();
            newline = newlineFrom(looked);
        }
        start = rest;
        end = newline > start && buffer[newline - 1] == '\r' ? newline - 1 : newline;
        rest = newline + 1;
        return !Arrays.equals(buffer, start, end, END, 0, END.length);
    }

    private int newlineFrom(int index) {
        for (int i = index; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Moves what is not looked at yet to the beginning, and reads more behind it. */
    private void fill() throws IOException {
        System.arraycopy(buffer, rest, buffer, 0, filled - rest);
        filled -= rest;
        rest = 0;
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            throw new IOException("end of stream");
        }
        filled += read;
    }

    /** The key that the line tells; null if it tells none. */
    @Nullable
    String key() {
        int from = start + KEY.length;
        if (from > end || !Arrays.equals(buffer, start, from, KEY, 0, KEY.length)) {
            return null;
        }
        int length = 0;
        for (int i = from; i < end && buffer[i] != ' '; i++) {
            byte next = buffer[i];
            if (next == '%') {
                int high = i + 2 < end ? Character.digit(buffer[i + 1], 16) : -1;
                int low = i + 2 < end ? Character.digit(buffer[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                next = (byte) (high << 4 | low);
                i += 2;
            }
            if (length == decoded.length) {
                return null;
            }
            decoded[length++] = next;
        }
        return new String(decoded, 0, length, ISO_8859_1);
    }

    /** The line, or its beginning, for a message. */
    String text() {
        return new String(buffer, start, Math.min(end - start, SHOWN), ISO_8859_1);
    }
}
