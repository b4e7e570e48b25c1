package io.memsession.store.spy;

import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text protocol's {@code gets} for one key: a line that announces the value, the value, and {@code END}. */
final class TextGet extends TextExchange<Optional<Copy>> {
    private static final Pattern VALUE = Pattern.compile("VALUE (\\S{1,250}) \\d{1,10} (\\d{1,9}) (\\d{1,20})");

    private final String key;
    private long casId;
    private @Nullable ByteBuffer block;

    TextGet(Peer peer, String key) {
        super(peer, "gets " + key, null, line -> null);
        this.key = key;
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

    private void announce(int length, String id) throws IOException {
        if (length > MAX_ANSWER) {
            throw garbled("an answer of " + length + " bytes");
        }
        try {
            casId = Long.parseUnsignedLong(id);
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
        if (casId == 0) {
            refused(peer().rejected("hands out no CAS ids; it must not run with -C"));
            return;
        }
        byte[] value = new byte[length];
        read.get(0, value);
        answered(Optional.of(new Copy(value, new CasToken(casId, peer().connection()))));
    }
}
