package io.memsession.store.line;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * How servers are reached: over TCP as it is or over TLS, and as whom.
 *
 * @param credentials who asks; null where nobody wants to know
 * @param tls how TLS is spoken; null where it is not
 * @param wording what the settings are called, for messages
 */
public record Line(
        @Nullable Credentials credentials, @Nullable Tls tls, Wording wording) {
    /** TCP as it is, to servers that ask nobody who they are. */
    public static final Line PLAIN =
            new Line(null, null, new Wording("username", "password", "TLS", "the trusted certificates"));

    /** Connects, and secures what is connected; each may take a step of that patience. */
    public OpenLine open(InetSocketAddress server, String host, Patience patience) throws IOException {
        OpenLine open = OpenLine.connected(server, patience.left());
        try {
            secure(open, server, host, patience);
            return open;
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /**
     * Makes of a connection what this line is to be.
     *
     * @param host the name that the server was asked for under, which its certificate has to have
     * @throws LineException if the server is set otherwise than this line
     */
    public void secure(OpenLine open, InetSocketAddress server, String host, Patience patience) throws IOException {
        try {
            if (tls != null) {
                open.within(patience.left()).speak(tls, host, server.getPort());
            }
            if (credentials != null) {
                new Login(open, credentials, wording).tell(patience.left());
            }
        } catch (IOException e) {
            throw explained(e, server, host, patience);
        }
    }

    /** Why a server did not answer as it should, if this line can tell; otherwise the failure as it is. */
    public IOException explained(IOException failure, InetSocketAddress server, String host, Patience patience) {
        return new LineTrouble(this, server, host, patience).explain(failure);
    }

    /** Whether the server speaks nothing but the binary protocol. */
    public boolean binaryOnly() {
        return credentials != null && credentials.way() == Credentials.Way.SASL;
    }
}
