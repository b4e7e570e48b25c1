package io.memsession.store.spy;

import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text protocol's {@code gets} for one key: a line that announces the value, the value, and {@code END}. From a
 * server without CAS ids it is {@code get}, and a copy's token is made of its bytes.
 */
final class TextGet extends TextExchange<Optional<Copy>> {
    private static final Pattern VALUE = Pattern.compile("VALUE (\\S{1,250}) \\d{1,10} (\\d{1,9})(?: (\\d{1,20}))?");

    private final String key;
    private final boolean withIds;
    private long casId;
    private @Nullable ByteBuffer block;

    TextGet(Peer peer, String key, boolean withIds) {
        super(peer, (withIds ? "gets " : "get ") + key, null, line -> null);
        this.key = key;
        this.withIds = withIds;
    }

    /** The token of a copy that has no CAS id: copies of the same bytes have the same. Never 0. */
    static long tokenOf(byte[] value) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value);
            return ByteBuffer.wrap(hash).getLong() | 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void readFromBuffer(ByteBuffer in) throws IOException {
        while (in.hasRemaining() && !isSettled()) {
            if (block != null && block.hasRemaining()) {
                move(in, block);
            } else {
                readLine(in);
            }
        }
    }

    @Override
    void take(String whole) throws IOException {
        Matcher value = VALUE.matcher(whole);
        if (whole.equals("END")) {
            end();
        } else if (block == null && value.matches() && value.group(1).equals(key)) {
            announce(Integer.parseInt(value.group(2)), value.group(3));
        } else {
            takeError(whole);
        }
    }

    private void announce(int length, @Nullable String id) throws IOException {
        if (length > MAX_ANSWER) {
            throw garbled("an answer of " + length + " bytes");
        }
        if ((id != null) != withIds) {
            throw garbled("a CAS id where none was asked for, or none where one was");
        }
        try {
            casId = id == null ? 0 : Long.parseUnsignedLong(id);
        } catch (NumberFormatException e) {
            throw garbled("a CAS id that is none");
        }
        block = ByteBuffer.allocate(length + 2);
    }

    private void end() throws IOException {
        ByteBuffer read = block;
        if (read == null) {
            answered(Optional.empty());
            return;
        }
        int length = read.capacity() - 2;
        if (read.get(length) != '\r' || read.get(length + 1) != '\n') {
            throw garbled("a value of another length than announced");
        }
        byte[] value = new byte[length];
        read.get(0, value);
        casId = withIds ? casId : tokenOf(value);
        if (casId == 0) {
            refused(peer().rejected("hands out no CAS ids; it must not run with -C"));
            return;
        }
        answered(Optional.of(new Copy(value, new CasToken(casId, peer().connection()))));
    }
}
