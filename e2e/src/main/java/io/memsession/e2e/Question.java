package io.memsession.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * One request to a memcached as it stands on the wire, in the binary protocol or as text
 * (github.com/memcached/memcached: doc/protocol-binary.xml, doc/protocol.txt).
 */
final class Question {
    private static final int REQUEST = 0x80;
    private static final int RESPONSE = 0x81;
    private static final int HEADER = 24;
    private static final int LENGTH_AT = 8;
    private static final int OPAQUE_AT = 12;
    private static final short INTERNAL_ERROR = 0x84;
    private static final int LONGEST = 64 << 20;
    private static final Set<String> WITH_DATA = Set.of("set", "add", "replace", "cas", "append", "prepend");

    private final byte[] bytes;

    private Question(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Waits for the next one. */
    static Question read(DataInputStream in) throws IOException {
        byte first = in.readByte();
        return new Question((first & 0xff) == REQUEST ? binary(first, in) : text(first, in));
    }

    private static byte[] binary(byte first, DataInputStream in) throws IOException {
        byte[] header = new byte[HEADER];
        header[0] = first;
        in.readFully(header, 1, HEADER - 1);
        int length = ByteBuffer.wrap(header).getInt(LENGTH_AT);
        byte[] all = ByteBuffer.allocate(HEADER + bounded(length)).put(header).array();
        in.readFully(all, HEADER, length);
        return all;
    }

    private static int bounded(int length) throws IOException {
        if (length < 0 || length > LONGEST) {
            throw new IOException("a request of " + length + " bytes");
        }
        return length;
    }

    private static byte[] text(byte first, DataInputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int next = first; next != '\n'; next = in.readUnsignedByte()) {
            all.write(next);
        }
        all.write('\n');
        String[] words = all.toString(ISO_8859_1).strip().split(" ");
        if (WITH_DATA.contains(words[0]) && words.length >= 5) {
            all.write(in.readNBytes(bounded(Integer.parseInt(words[4])) + 2));
        }
        return all.toByteArray();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    /** The answer that says: the server cannot. */
    byte[] error() {
        if ((bytes[0] & 0xff) != REQUEST) {
            return "SERVER_ERROR out of memory\r\n".getBytes(ISO_8859_1);
        }
        byte[] text = "Internal error".getBytes(ISO_8859_1);
        ByteBuffer answer = ByteBuffer.allocate(HEADER + text.length);
        answer.put((byte) RESPONSE).put(bytes[1]).putShort(6, INTERNAL_ERROR).putInt(LENGTH_AT, text.length);
        answer.putInt(OPAQUE_AT, ByteBuffer.wrap(bytes).getInt(OPAQUE_AT));
        return answer.put(HEADER, text).array();
    }
}
