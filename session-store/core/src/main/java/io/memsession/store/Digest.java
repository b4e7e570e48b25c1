package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Text as a short name that can stand in a key: the first 128 bits of its SHA-256, in hexadecimal. */
final class Digest {
    private static final int BYTES = 16;

    private Digest() {}

    static String of(String text) {
        return HexFormat.of().formatHex(sha256(text), 0, BYTES);
    }

    /** All of it. */
    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
