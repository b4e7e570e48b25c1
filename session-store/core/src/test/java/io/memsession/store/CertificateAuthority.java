package io.memsession.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/** An authority of the test's own, which issues certificates to servers (X.509 v3 as RFC 5280 writes it, in DER). */
public final class CertificateAuthority {
    /** The password of the key stores. */
    public static final String PASSWORD = "changeit";

    private static final byte[] ECDSA_WITH_SHA256 = bytes(0x30, 0x0a, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2);
    private static final byte[] COMMON_NAME = bytes(6, 3, 0x55, 4, 3);
    private static final byte[] ALTERNATIVE_NAMES = bytes(6, 3, 0x55, 0x1d, 0x11);
    private static final byte[] BASIC_CONSTRAINTS = bytes(6, 3, 0x55, 0x1d, 0x13);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final KeyPair keys = keys();
    private final Certificate certificate = certificate("authority", keys, true, Duration.ofDays(1));

    /** A server's key and certificate, as they are put into one file for memcached. */
    public record Identity(Path file, KeyStore keyStore) {}

    /** Issues to that host, and with localhost to 127.0.0.1 too, what is valid for so long, which may be over. */
    public Identity issue(Path directory, String host, Duration validity) {
        try {
            KeyPair server = keys();
            Certificate issued = certificate(host, server, false, validity);
            Path file = directory.resolve(host + ".pem");
            Files.writeString(
                    file,
                    pem("CERTIFICATE", issued.getEncoded())
                            + pem("PRIVATE KEY", server.getPrivate().getEncoded()));
            KeyStore store = empty();
            store.setKeyEntry("server", server.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {issued});
            return new Identity(file, store);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Its own certificate in PEM. */
    public Path pem(Path directory) {
        try {
            return Files.writeString(directory.resolve("authority.pem"), pem("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A PKCS#12 file with its own certificate, as one that is trusted. */
    public Path trustStore(Path directory) {
        Path file = directory.resolve("truststore.p12");
        try (var out = Files.newOutputStream(file)) {
            KeyStore store = empty();
            store.setCertificateEntry("authority", certificate);
            store.store(out, PASSWORD.toCharArray());
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Certificate certificate(String name, KeyPair of, boolean authority, Duration validity) {
        try {
            byte[] body = der(
                    0x30,
                    der(0xa0, bytes(2, 1, 2)),
                    der(2, BigInteger.valueOf(System.nanoTime()).toByteArray()),
                    ECDSA_WITH_SHA256,
                    name("authority"),
                    validity(validity),
                    name(name),
                    of.getPublic().getEncoded(),
                    der(0xa3, der(0x30, authority ? constraints() : names(name))));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body);
            byte[] whole = der(0x30, body, ECDSA_WITH_SHA256, der(3, bytes(0), signature.sign()));
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] name(String name) {
        byte[] text = der(0x0c, name.getBytes(StandardCharsets.UTF_8));
        return der(0x30, der(0x31, der(0x30, COMMON_NAME, text)));
    }

    private static byte[] validity(Duration validity) {
        Instant end = Instant.now().plus(validity);
        Instant begin = Instant.now().minus(Duration.ofDays(3));
        return der(0x30, time(begin), time(end));
    }

    private static byte[] time(Instant instant) {
        return der(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] constraints() {
        return der(0x30, BASIC_CONSTRAINTS, bytes(1, 1, 0xff), der(4, der(0x30, bytes(1, 1, 0xff))));
    }

    private static byte[] names(String host) {
        byte[] dns = der(0x82, host.getBytes(StandardCharsets.US_ASCII));
        byte[] ip = host.equals("localhost") ? der(0x87, bytes(127, 0, 0, 1)) : new byte[0];
        return der(0x30, ALTERNATIVE_NAMES, der(4, der(0x30, dns, ip)));
    }

    /** A tag, a length, and what it is of. */
    private static byte[] der(int tag, byte[]... content) {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        for (byte[] each : content) {
            inside.writeBytes(each);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = inside.size();
        if (length < 0x80) {
            whole.write(length);
        } else if (length < 0x100) {
            whole.writeBytes(bytes(0x81, length));
        } else {
            whole.writeBytes(bytes(0x82, length >> 8, length));
        }
        whole.writeBytes(inside.toByteArray());
        return whole.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }
}
