package io.memsession.store.line;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The finding out of why there is no line: what TLS says, or what the server turns out to speak. */
final class LineTrouble {
    /** A greeting that is too short to be one: who speaks TLS says so, by an alert. */
    private static final byte[] HALF_A_GREETING = {0x16, 3, 1, 0, 4, 1, 0, 0, 0};

    private static final byte ALERT = 0x15;
    private static final byte HANDSHAKE = 0x16;
    private static final byte[] BINARY_VERSION =
            ByteBuffer.allocate(24).put((byte) 0x80).put((byte) 0x0b).array();
    private static final byte[] TEXT_VERSION = "version\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Line line;
    private final SocketAddress server;
    private final String host;
    private final Patience patience;

    LineTrouble(Line line, SocketAddress server, String host, Patience patience) {
        this.line = line;
        this.server = server;
        this.host = host;
        this.patience = patience;
    }

    /** Why there is no line, if that can be found out; otherwise what was known before. */
    IOException explain(IOException failure) {
        if (failure instanceof LineException) {
            return failure;
        }
        if (line.tls() == null) {
            // who only speaks TLS does not keep anybody waiting who does not
            return !(failure instanceof SocketTimeoutException) && answers(HALF_A_GREETING, true)
                    ? new LineException(
                            "speaks TLS only; switch it on: " + line.wording().tls(), failure)
                    : failure;
        }
        if (failure instanceof SSLException trouble) {
            return of(trouble);
        }
        return answers(BINARY_VERSION, false) || answers(TEXT_VERSION, false) ? speaksNone(failure) : failure;
    }

    private LineException speaksNone(IOException failure) {
        return new LineException(
                "speaks no TLS; start it with -Z, or switch it off: "
                        + line.wording().tls(),
                failure);
    }

    /** Whether the server answers that on a connection that is thrown away, in TLS or in something else. */
    private boolean answers(byte[] question, boolean inTls) {
        try (OpenLine trial = OpenLine.connected(server, patience.left())) {
            trial.within(patience.left().dividedBy(2)).write(question);
            byte first = trial.exactly(1)[0];
            return inTls == (first == ALERT || first == HANDSHAKE);
        } catch (IOException e) {
            return false;
        }
    }

    private LineException of(SSLException trouble) {
        Throwable reason = reason(trouble);
        String trust = line.wording().trust();
        if (reason instanceof CertificateExpiredException || reason instanceof CertificateNotYetValidException) {
            return new LineException(
                    "has a certificate that is not valid now (" + reason.getMessage() + "); renew it", trouble);
        }
        if (reason instanceof CertPathBuilderException || reason instanceof CertPathValidatorException) {
            return new LineException(
                    "has a certificate that is not trusted (" + reason.getMessage()
                            + "); put that of its authority into " + trust,
                    trouble);
        }
        if (reason instanceof CertificateException) {
            return new LineException(
                    "has a certificate for another host than " + host + " (" + reason.getMessage()
                            + "); name it as the certificate does, or give it one for this name",
                    trouble);
        }
        String message = String.valueOf(trouble.getMessage());
        return message.contains("nrecognized SSL message")
                ? speaksNone(trouble)
                : new LineException(
                        "breaks off TLS (" + message + "); see "
                                + line.wording().tls(),
                        trouble);
    }

    /** The innermost cause that is about certificates. */
    private static @Nullable Throwable reason(Throwable trouble) {
        Throwable found = null;
        for (Throwable each = trouble.getCause(); each != null; each = each.getCause()) {
            if (each instanceof CertificateException
                    || each instanceof CertPathBuilderException
                    || each instanceof CertPathValidatorException) {
                found = each;
            }
        }
        return found;
    }
}
