package io.memsession.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TCP ports of 127.0.0.1 that nobody listens on.
 *
 * <p>They lie below the range that Linux takes the ports of outgoing connections from: a server that is started again
 * would else find its port taken by somebody's connection, and a client that tries a dead port again and again would in
 * the end be connected to itself.
 */
public final class Ports {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** Any free port; never the same twice in one JVM. */
    public static int any() {
        return from(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST));
    }

    /** That port if it is free, else the next one that is. */
    public static int from(int wanted) {
        for (int port = wanted; port < wanted + 1000; port++) {
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + wanted + " to " + (wanted + 999));
    }

    /** The port of 127.0.0.1. */
    static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Whether somebody takes connections at that port of 127.0.0.1. */
    static boolean answers(int port) {
        return answers(local(port));
    }

    /** Whether somebody takes connections there. */
    static boolean answers(InetSocketAddress server) {
        try (Socket socket = new Socket()) {
            socket.connect(server, 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(local(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
