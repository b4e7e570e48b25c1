package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server that knows part of memcached's text protocol, in this JVM. */
public final class LesserServer implements AutoCloseable {
    /** What such a server may know beyond get, set, add and delete. */
    enum Ability {
        CAS,
        TIMES,
        VERSION,
        STATS,
        /** Answers {@code ERROR} to what it does not know, where others close the connection. */
        ERRORS
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Item(byte[] value, long id, long end) {}

    private final Set<Ability> abilities;
    private final LoopbackListener listener = LoopbackListener.started("lesser-server", this::serve);
    private final Map<String, Item> items = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    private LesserServer(Set<Ability> abilities) {
        this.abilities = abilities;
    }

    /** One that does as Tokyo Tyrant: keeps for ever, compares nothing, closes the connection at other commands. */
    public static LesserServer likeTokyoTyrant() {
        return new LesserServer(EnumSet.noneOf(Ability.class));
    }

    /** One that does as memcached 1.4 in text: no meta commands, and its keys cannot be listed. */
    public static LesserServer likeMemcached14() {
        return new LesserServer(EnumSet.allOf(Ability.class));
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return listener.port();
    }

    /** The keys of all that it keeps, past its time or not. */
    public Set<String> keys() {
        return items.keySet().stream()
                .filter(key -> !key.startsWith("memsession:trial:"))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        listener.close();
    }

    private void serve(Socket client) {
        try (client;
                InputStream in = new BufferedInputStream(client.getInputStream())) {
            OutputStream out = client.getOutputStream();
            for (String line = line(in); line != null; line = line(in)) {
                String answer = answer(line.split(" "), in);
                if (answer == null) {
                    return;
                }
                out.write(answer.getBytes(ISO_8859_1));
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    /** Waits for a line's end for ever, so that it answers nothing to the binary protocol. */
    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    private @Nullable String answer(String[] words, InputStream in) throws IOException {
        return switch (words[0]) {
            case "get" -> found(words[1], false);
            case "gets" -> has(Ability.CAS) ? found(words[1], true) : unknown();
            case "set", "add" -> store(words, in);
            case "cas" -> has(Ability.CAS) ? store(words, in) : unknown();
            case "delete" -> items.remove(words[1]) == null ? "NOT_FOUND\r\n" : "DELETED\r\n";
            case "version" -> has(Ability.VERSION) ? "VERSION 1.4.39\r\n" : unknown();
            case "stats" -> has(Ability.STATS) ? "STAT pid 1\r\nEND\r\n" : unknown();
            default -> unknown();
        };
    }

    private boolean has(Ability ability) {
        return abilities.contains(ability);
    }

    private @Nullable String unknown() {
        return has(Ability.ERRORS) ? "ERROR\r\n" : null;
    }

    private String found(String key, boolean withId) {
        Item item = live(key);
        return item == null
                ? "END\r\n"
                : "VALUE " + key + " 0 " + item.value.length + (withId ? " " + item.id : "") + "\r\n"
                        + new String(item.value, ISO_8859_1) + "\r\nEND\r\n";
    }

    private @Nullable Item live(String key) {
        Item item = items.get(key);
        return item == null || (has(Ability.TIMES) && item.end <= System.currentTimeMillis()) ? null : item;
    }

    private synchronized String store(String[] words, InputStream in) throws IOException {
        byte[] value = in.readNBytes(Integer.parseInt(words[4]));
        in.skipNBytes(2);
        Item before = live(words[1]);
        if (words[0].equals("add") && before != null) {
            return "NOT_STORED\r\n";
        }
        if (words[0].equals("cas") && (before == null || before.id != Long.parseUnsignedLong(words[5]))) {
            return before == null ? "NOT_FOUND\r\n" : "EXISTS\r\n";
        }
        items.put(words[1], new Item(Arrays.copyOf(value, value.length), ids.incrementAndGet(), end(words[3])));
        return "STORED\r\n";
    }

    private static long end(String expiry) {
        long seconds = Long.parseLong(expiry);
        if (seconds == 0) {
            return Long.MAX_VALUE;
        }
        return seconds > 2_592_000 ? seconds * 1000 : System.currentTimeMillis() + seconds * 1000;
    }
}
