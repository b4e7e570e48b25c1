package io.memsession.store.spy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memsession.store.line.Line;
import io.memsession.store.line.OpenLine;
import io.memsession.store.line.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What finds out what a server can do, by trying. Each trial has a connection of its own, which is thrown away: some
 * servers close the connection at a command that they do not know, and some say nothing to the binary protocol.
 */
final class Examination {
    private static final byte[] BINARY_VERSION =
            ByteBuffer.allocate(24).put((byte) 0x80).put((byte) 0x0b).array();

    /** A time that was over before any memcached was started, as a date. */
    private static final int PAST = Expiry.PAST;

    private static final int LONGEST = 16 << 10;
    private static final Pattern COPY = Pattern.compile("VALUE \\S+ \\d+ 1 (\\d{1,20})\r\nx\r\nEND\r\n");

    private final Line line;
    private final InetSocketAddress address;
    private final String host;
    private final Duration timeout;
    private final String key =
            "memsession:trial:" + Long.toHexString(ThreadLocalRandom.current().nextLong());

    /**
     * An examination.
     *
     * @param line how the server is reached
     * @param host the name that the address is of
     * @param timeout how long one answer may take
     */
    Examination(Line line, InetSocketAddress address, String host, Duration timeout) {
        this.line = line;
        this.address = address;
        this.host = host;
        this.timeout = timeout;
    }

    /** Tries everything; fails if the server does not even keep a value, or cannot be reached. Blocks. */
    Abilities abilities(Protocol wanted) throws IOException {
        String kept = ask("set " + key + " 0 60 1\r\nx\r\nget " + key + "\r\n", "END\r\n");
        if (!kept.startsWith("STORED\r\n")) {
            throw new IOException("does not keep a value");
        }
        String version = ask("version\r\n", "\r\n");
        boolean comparesAndSets = comparesAndSets();
        return new Abilities(
                version.startsWith("VERSION ")
                        ? version.substring("VERSION ".length()).strip()
                        : "",
                // in text a copy without a CAS id can be given a token of our own
                wanted == Protocol.BINARY && comparesAndSets && speaksBinary(),
                comparesAndSets,
                keepsTime(),
                ask("stats\r\n", "END\r\n").startsWith("STAT "),
                // no class has this number: a server that could list its keys says so, and lists none
                ask("lru_crawler metadump 0\r\n", "\r\n").startsWith("BADCLASS"));
    }

    private boolean speaksBinary() throws IOException {
        try (OpenLine open = connected()) {
            open.within(timeout).write(BINARY_VERSION);
            byte[] first = new byte[1];
            return open.read(first) == 1 && first[0] == (byte) 0x81;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** A wrong CAS id has to be refused, and the right one taken. */
    private boolean comparesAndSets() throws IOException {
        Matcher copy = COPY.matcher(ask("gets " + key + "\r\n", "END\r\n"));
        if (!copy.matches()) {
            return false;
        }
        long id = Long.parseUnsignedLong(copy.group(1));
        return id != 0 && put(id + 1).equals("EXISTS\r\n") && put(id).equals("STORED\r\n");
    }

    private String put(long id) throws IOException {
        return ask("cas " + key + " 0 60 1 " + Long.toUnsignedString(id) + "\r\ny\r\n", "\r\n");
    }

    private boolean keepsTime() throws IOException {
        boolean gone = ask("set " + key + " 0 " + PAST + " 1\r\nx\r\nget " + key + "\r\n", "END\r\n")
                .equals("STORED\r\nEND\r\n");
        if (!gone) {
            ask("delete " + key + "\r\n", "\r\n");
        }
        return gone;
    }

    /** What comes until the end that is expected, the connection's, or the timeout. */
    private String ask(String question, String end) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (OpenLine open = connected()) {
            open.within(timeout).write(question.getBytes(ISO_8859_1));
            byte[] chunk = new byte[1024];
            while (answer.size() < LONGEST && !answer.toString(ISO_8859_1).endsWith(end)) {
                int read = open.read(chunk);
                if (read < 0) {
                    break;
                }
                answer.write(chunk, 0, read);
            }
        } catch (SocketTimeoutException e) {
            // what came until then counts
        }
        return answer.toString(ISO_8859_1);
    }

    private OpenLine connected() throws IOException {
        return line.open(address, host, Patience.of(timeout, timeout.multipliedBy(2)));
    }
}
