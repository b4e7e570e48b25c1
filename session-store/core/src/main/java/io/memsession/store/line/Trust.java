package io.memsession.store.line;

import io.memsession.store.ConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The certificates that are trusted, as a file has them: of authorities, or of servers themselves. */
public final class Trust {
    private static final String PEM = "-----BEGIN ";

    private Trust() {}

    /** TLS that trusts whom the JVM trusts. */
    public static Tls ofTheJvm() {
        return tls(null, "the JVM's");
    }

    /**
     * TLS that trusts what is in a file.
     *
     * @param setting the name of the setting that names the file, for the error
     * @param file a file in PEM, or a key store of any kind that this JVM knows, such as PKCS#12 or JKS
     * @param password the key store's password, if it has one
     * @throws ConfigException if nothing can be read from it that could be trusted
     */
    public static Tls read(String setting, String file, @Nullable String password) {
        try {
            byte[] content = Files.readAllBytes(Path.of(file));
            KeyStore store = new String(content, 0, Math.min(content.length, 4096), StandardCharsets.ISO_8859_1)
                            .contains(PEM)
                    ? pem(content)
                    : KeyStore.getInstance(Path.of(file).toFile(), password == null ? null : password.toCharArray());
            if (Collections.list(store.aliases()).isEmpty()) {
                throw new ConfigException(setting + "=\"" + file
                        + "\" has no certificate that could be trusted; if it has a password, set that too");
            }
            return tls(store, List.of(file, digest(content)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            if (e instanceof ConfigException known) {
                throw known;
            }
            throw new ConfigException(setting + "=\"" + file + "\" cannot be read (" + e
                    + "); name a file in PEM, or a PKCS#12 or JKS key store and its password");
        }
    }

    private static KeyStore pem(byte[] content) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate each :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content))) {
            store.setCertificateEntry(String.valueOf(number++), each);
        }
        return store;
    }

    private static String digest(byte[] content) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static Tls tls(@Nullable KeyStore store, Object sameness) {
        try {
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted.getTrustManagers(), null);
            return new Tls(context::createSSLEngine, sameness);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }
}
