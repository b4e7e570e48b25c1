package io.memsession.store.spy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The binary protocol's {@code stat}: answered by a packet for each entry, and an empty one at the end. */
final class BinaryStatistics extends BinaryExchange<Map<String, String>> {
    private static final byte STAT = 0x10;
    private static final int MAX_ENTRIES = 10_000;

    private final Map<String, String> entries = new HashMap<>();
    private int keyLength;

    BinaryStatistics(Peer peer, String group) {
        super(peer, STAT, ByteBuffer.allocate(0), group, 0, new byte[0], (status, casId, value) -> {
            throw BinaryDialect.rejected(peer, status, value);
        });
    }

    @Override
    public void readFromBuffer(ByteBuffer in) throws IOException {
        while (in.hasRemaining() && !isSettled()) {
            super.readFromBuffer(in);
        }
    }

    /** The key is wanted here: it is the entry's name. */
    @Override
    int skipped(int key, int extras) {
        keyLength = key;
        return extras;
    }

    @Override
    void settle(int status, byte[] body) throws IOException {
        if (status != OK) {
            super.settle(status, body);
        } else if (keyLength == 0) {
            answered(Map.copyOf(entries));
        } else if (keyLength > body.length || entries.size() >= MAX_ENTRIES) {
            throw garbled("statistics without end");
        } else {
            entries.put(text(body, 0, keyLength), text(body, keyLength, body.length));
            readOn();
        }
    }

    private static String text(byte[] body, int from, int to) {
        return new String(body, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
