package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The question which nodes there are: {@code config get cluster}, as ElastiCache answers it, else the plain key
 * {@link #KEY}, as it can be written on any memcached. Asked over a connection of its own, with one deadline and a
 * bound for the answer's size, as whatever listens there may answer anything.
 */
final class NodeListQuestion {
    /** The key that ElastiCache used before it had a command. */
    static final String KEY = "AmazonElastiCache:cluster";

    private static final int LARGEST_LIST = 64 << 10;
    private static final int LONGEST_LINE = 1024;
    private static final Pattern BEGIN =
            Pattern.compile("(?:CONFIG cluster|VALUE " + KEY + ") \\d{1,10} (\\d{1,9})(?: \\d{1,20})?");

    private final HostResolver resolver;
    private final Duration timeout;

    /**
     * A question.
     *
     * @param timeout how long one of the two forms may take, with its connection
     */
    NodeListQuestion(HostResolver resolver, Duration timeout) {
        this.resolver = resolver;
        this.timeout = timeout;
    }

    /** What the address answers; empty if it has no list. Blocks. */
    Optional<NodeList> ask(NodeAddress address) throws IOException {
        IOException last = null;
        for (InetAddress candidate : resolver.ordered(address.host())) {
            try {
                return ask(new InetSocketAddress(candidate, address.port()));
            } catch (ProtocolException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last == null ? new IOException("it has no address") : last;
    }

    private Optional<NodeList> ask(InetSocketAddress address) throws IOException {
        Optional<NodeList> list;
        try {
            list = ask(address, "config get cluster");
        } catch (EOFException e) {
            list = Optional.empty(); // some close the connection at a command that they do not know
        }
        return list.isPresent() ? list : ask(address, "get " + KEY);
    }

    private Optional<NodeList> ask(InetSocketAddress address, String command) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(address, Math.toIntExact(timeout.toMillis()));
            socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
            return new Answer(socket, end).list();
        }
    }

    /** One answer, read with the time that is left. */
    private static final class Answer {
        private final Socket socket;
        private final InputStream in;
        private final long end;

        Answer(Socket socket, long end) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.end = end;
        }

        Optional<NodeList> list() throws IOException {
            String line = line();
            if (line.equals("END") || line.equals("ERROR") || line.matches("(CLIENT|SERVER)_ERROR .*")) {
                return Optional.empty();
            }
            Matcher begin = BEGIN.matcher(line);
            if (!begin.matches() || Integer.parseInt(begin.group(1)) > LARGEST_LIST) {
                throw new ProtocolException("an answer that is no list of nodes");
            }
            return Optional.of(NodeList.parse(text(Integer.parseInt(begin.group(1)))));
        }

        private String text(int length) throws IOException {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) next();
            }
            return new String(bytes, ISO_8859_1);
        }

        private String line() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int next = next(); next != '\n'; next = next()) {
                if (bytes.size() == LONGEST_LINE) {
                    throw new ProtocolException("a line without end");
                }
                bytes.write(next);
            }
            return bytes.toString(ISO_8859_1).stripTrailing();
        }

        private final byte[] chunk = new byte[4096];
        private int at;
        private int filled;

        private int next() throws IOException {
            if (at == filled) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new SocketTimeoutException("no whole answer in time");
                }
                socket.setSoTimeout(Math.toIntExact(left));
                filled = in.read(chunk);
                at = 0;
                if (filled < 0) {
                    filled = 0;
                    throw new EOFException("the connection was closed");
                }
            }
            return chunk[at++] & 0xff;
        }
    }
}
