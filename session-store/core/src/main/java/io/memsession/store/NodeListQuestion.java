package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memsession.store.line.BinaryAnswer;
import io.memsession.store.line.Line;
import io.memsession.store.line.OpenLine;
import io.memsession.store.line.Patience;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
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

    private static final byte GET = 0;
    private static final int LARGEST_LIST = 64 << 10;
    private static final int LONGEST_LINE = 1024;
    private static final Pattern BEGIN =
            Pattern.compile("(?:CONFIG cluster|VALUE " + KEY + ") \\d{1,10} (\\d{1,9})(?: \\d{1,20})?");

    private final HostResolver resolver;
    private final Duration timeout;
    private final Line line;

    /**
     * A question.
     *
     * @param timeout how long one of the two forms may take, with its connection
     * @param line how the address is reached
     */
    NodeListQuestion(HostResolver resolver, Duration timeout, Line line) {
        this.resolver = resolver;
        this.timeout = timeout;
        this.line = line;
    }

    /** What the address answers; empty if it has no list. Blocks. */
    Optional<NodeList> ask(NodeAddress address) throws IOException {
        IOException last = null;
        for (InetAddress candidate : resolver.ordered(address.host())) {
            try {
                return ask(new InetSocketAddress(candidate, address.port()), address.host());
            } catch (ProtocolException e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last == null ? new IOException("it has no address") : last;
    }

    private Optional<NodeList> ask(InetSocketAddress address, String host) throws IOException {
        if (line.binaryOnly()) {
            return askInBinary(address, host);
        }
        Optional<NodeList> list;
        try {
            list = ask(address, host, "config get cluster");
        } catch (EOFException e) {
            list = Optional.empty(); // some close the connection at a command that they do not know
        }
        return list.isPresent() ? list : ask(address, host, "get " + KEY);
    }

    private Optional<NodeList> ask(InetSocketAddress address, String host, String command) throws IOException {
        Patience patience = Patience.of(timeout, timeout);
        try (OpenLine open = line.open(address, host, patience)) {
            open.within(patience.left()).write((command + "\r\n").getBytes(US_ASCII));
            return read(open);
        }
    }

    /** The command is of the text protocol alone, so there is only the key. */
    private Optional<NodeList> askInBinary(InetSocketAddress address, String host) throws IOException {
        Patience patience = Patience.of(timeout, timeout);
        try (OpenLine open = line.open(address, host, patience)) {
            BinaryAnswer answer = BinaryAnswer.to(open, GET, KEY, new byte[0], patience.left());
            return answer.status() == 0
                    ? Optional.of(NodeList.parse(new String(answer.value(), ISO_8859_1)))
                    : Optional.empty();
        }
    }

    private static Optional<NodeList> read(OpenLine open) throws IOException {
        String line = open.line(LONGEST_LINE);
        if (line.equals("END") || line.equals("ERROR") || line.matches("(CLIENT|SERVER)_ERROR .*")) {
            return Optional.empty();
        }
        Matcher begin = BEGIN.matcher(line);
        if (!begin.matches() || Integer.parseInt(begin.group(1)) > LARGEST_LIST) {
            throw new ProtocolException("an answer that is no list of nodes");
        }
        return Optional.of(NodeList.parse(new String(open.exactly(Integer.parseInt(begin.group(1))), ISO_8859_1)));
    }
}
