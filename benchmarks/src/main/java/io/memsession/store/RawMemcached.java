package io.memsession.store;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A memcached over one blocking socket, by its binary protocol: as fast as Java can ask it. */
final class RawMemcached implements AutoCloseable {
    private static final int HEADER = 24;
    private static final byte GET = 0;
    private static final byte SET = 1;
    private static final int STORE_EXTRAS = 8;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final byte[] header = new byte[HEADER];
    private final byte[] body;
    private long cas;

    /** Connects to that port of this machine; answers have at most so many bytes. */
    RawMemcached(int port, int longest) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        body = new byte[longest];
    }

    /** Sends a get. */
    void sendGet(String key) throws IOException {
        send(GET, key, 0, new byte[0], 0);
    }

    /** Sends a set of what was seen last, as a compare-and-set. */
    void sendSet(String key, byte[] value) throws IOException {
        send(SET, key, STORE_EXTRAS, value, cas);
    }

    private void send(byte command, String key, int extras, byte[] value, long expected) throws IOException {
        byte[] name = key.getBytes(StandardCharsets.US_ASCII);
        int length = extras + name.length + value.length;
        ByteBuffer request = ByteBuffer.allocate(HEADER + length);
        request.put((byte) 0x80).put(command).putShort((short) name.length).put((byte) extras);
        request.put((byte) 0).putShort((short) 0).putInt(length).putInt(0).putLong(expected);
        request.put(new byte[extras]).put(name).put(value);
        out.write(request.array());
    }

    /** Reads an answer and returns how long its body is. */
    int receive() throws IOException {
        in.readFully(header);
        ByteBuffer answer = ByteBuffer.wrap(header);
        if (answer.getShort(6) != 0) {
            throw new IOException("status " + answer.getShort(6));
        }
        int length = answer.getInt(8);
        in.readFully(body, 0, length);
        cas = answer.getLong(16);
        return length;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
