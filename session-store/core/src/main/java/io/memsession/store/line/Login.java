package io.memsession.store.line;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The telling of credentials, which comes before anything else on a line. */
final class Login {
    private static final byte AUTHENTICATE = 0x21;
    private static final int REFUSED = 0x20;
    private static final int GO_ON = 0x21;
    private static final int UNKNOWN_COMMAND = 0x81;
    private static final int LONGEST_LINE = 1024;

    private final OpenLine line;
    private final Credentials credentials;
    private final Wording wording;

    Login(OpenLine line, Credentials credentials, Wording wording) {
        this.line = line;
        this.credentials = credentials;
        this.wording = wording;
    }

    /** Tells them, and waits so long until they are taken. */
    void tell(Duration limit) throws IOException {
        switch (credentials.way()) {
            case SASL -> bySasl(limit);
            case TEXT -> byText(limit);
        }
    }

    /** SASL's PLAIN, RFC 4616, as memcached's {@code protocol-binary.xml} carries it. */
    private void bySasl(Duration limit) throws IOException {
        byte[] both = ("\0" + credentials.user() + "\0" + credentials.password()).getBytes(StandardCharsets.UTF_8);
        int status = BinaryAnswer.to(line, AUTHENTICATE, "PLAIN", both, limit).status();
        switch (status) {
            case 0 -> {}
            case REFUSED -> throw refused();
            case GO_ON ->
                throw new LineException(
                        "knows another mechanism of SASL than PLAIN; write \"mech_list: plain\" into its memcached.conf",
                        null);
            case UNKNOWN_COMMAND -> throw notAsked("-S");
            default -> throw new LineException("answers the login with status " + status, null);
        }
    }

    /**
     * The first command of a connection to a memcached with {@code -Y}, of its {@code protocol.txt}. One without would
     * keep the password under a key for all to read, so it is asked first whether it wants any.
     */
    private void byText(Duration limit) throws IOException {
        line.within(limit).write("version\r\n".getBytes(StandardCharsets.US_ASCII));
        String asked = line.line(LONGEST_LINE);
        if (!asked.startsWith("CLIENT_ERROR unauthenticated")) {
            throw notAsked("-Y");
        }
        byte[] both = (credentials.user() + " " + credentials.password()).getBytes(StandardCharsets.UTF_8);
        line.write(("set login 0 0 " + both.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        line.write(both);
        line.write(new byte[] {'\r', '\n'});
        if (!line.line(LONGEST_LINE).equals("STORED")) {
            throw refused();
        }
    }

    private LineException refused() {
        return new LineException(
                "refuses the credentials of " + credentials + "; correct " + wording.credentials(), null);
    }

    private LineException notAsked(String option) {
        return new LineException(
                "asks nobody for credentials; start it with " + option + ", or leave out " + wording.credentials(),
                null);
    }
}
