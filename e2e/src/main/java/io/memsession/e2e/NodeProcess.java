package io.memsession.e2e;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A server that sessions are kept in: a node, as the app servers know it. */
public abstract class NodeProcess extends ServerProcess {

    NodeProcess(Slot slot) {
        super(slot);
    }

    /** The address as it stands in {@code memcachedNodes}, such as {@code n1:127.0.0.1:11211}. */
    public abstract String address();

    /** The id that it has where it is discovered: the hash of its address. */
    String discoveredId() {
        String hostAndPort = address().substring(address().indexOf(':') + 1);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(hostAndPort.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of the numbers that memcached's {@code stats} tells, or what comes nearest; 0 if there is none. */
    public abstract long stat(String statistic);

    /** The keys that it holds. */
    public abstract List<String> keys();

    /** What it holds under a key whose value is a line of text; empty if there is nothing. */
    public abstract String text(String key);
}
