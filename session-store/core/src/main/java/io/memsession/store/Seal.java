package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What makes a value unreadable, unchangeable and of no use under another key: AES-256-GCM (NIST SP 800-38D), with the
 * memcached key as associated data. Each memcached key has an encryption key of its own, derived by HKDF-Expand with
 * SHA-256 (RFC 5869) from the configured one, so that the random nonces of one key are never many.
 *
 * <pre>
 *  0  magic 4D 58 · format 01 · length of the key's id
 *  4  the key's id · nonce (12 bytes) · ciphertext and tag (16 bytes)
 * </pre>
 */
final class Seal {
    /** How much longer than its content a sealed value is at most, in bytes. */
    static final int MOST_OVERHEAD = 4 + 16 + 12 + 16;

    static final short MAGIC = 0x4D58;

    /** What stands for a plain value where only sealed ones are read. */
    static final byte[] PLAIN_REFUSED = {0x4D, 0x58, 0};

    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String HASH = "HmacSHA256";
    private static final byte[] PURPOSE = "memsession seal 1:".getBytes(UTF_8);

    private final Sealing sealing;
    private final SecureRandom random;

    Seal(Sealing sealing, SecureRandom random) {
        this.sealing = sealing;
        this.random = random;
    }

    /** What stands for a plain session id in a memcached key: its SHA-256 in Base64 for URLs, 43 characters. */
    static String hash(String plainId) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Digest.sha256(plainId));
    }

    /** Whether the value looks like a sealed one. */
    static boolean isSealed(byte[] value) {
        return value.length > 2 && ByteBuffer.wrap(value).getShort() == MAGIC;
    }

    /** The value, sealed for that memcached key. */
    byte[] seal(String memcachedKey, byte[] value) {
        byte[] id = sealing.keys().first().getBytes(UTF_8);
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        ByteBuffer sealed = ByteBuffer.allocate(4 + id.length + NONCE + value.length + TAG);
        sealed.putShort(MAGIC).put(FORMAT).put((byte) id.length).put(id).put(nonce);
        byte[] key = sealing.keys().key(sealing.keys().first());
        try {
            cipher(Cipher.ENCRYPT_MODE, key, nonce, memcachedKey).doFinal(ByteBuffer.wrap(value), sealed);
            return sealed.array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a record cannot be sealed", e);
        }
    }

    /**
     * The value that was sealed for that memcached key. One that no key here opens is given back as it is: it is no
     * record, and {@link RecordFormat} says so. A plain one is given back only where plain ones are read.
     */
    byte[] open(String memcachedKey, byte[] value) {
        if (value.length < 4 || ByteBuffer.wrap(value).getShort() != MAGIC) {
            return sealing.readsPlain() ? value : PLAIN_REFUSED;
        }
        int idLength = value[3];
        int start = 4 + idLength + NONCE;
        if (value[2] != FORMAT || idLength < 0 || value.length < start + TAG) {
            return value;
        }
        byte[] key = sealing.keys().key(new String(value, 4, idLength, UTF_8));
        if (key == null) {
            return value;
        }
        byte[] nonce = Arrays.copyOfRange(value, start - NONCE, start);
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, memcachedKey).doFinal(value, start, value.length - start);
        } catch (GeneralSecurityException e) {
            return value;
        }
    }

    private static Cipher cipher(int mode, byte @Nullable [] key, byte[] nonce, String memcachedKey)
            throws GeneralSecurityException {
        byte[] bound = memcachedKey.getBytes(UTF_8);
        Mac mac = Mac.getInstance(HASH);
        mac.init(new SecretKeySpec(key, HASH));
        mac.update(PURPOSE);
        mac.update(bound);
        mac.update((byte) 1);
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(mac.doFinal(), "AES"), new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(bound);
        return cipher;
    }
}
