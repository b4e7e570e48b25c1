package io.memsession.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A stock memcached. */
public final class MemcachedProcess extends NodeProcess {
    private static final Pattern COMMANDS = Pattern.compile("cmd_(get|set|touch)|(delete|incr|decr)_(hits|misses)");
    private static final int ONE_SECOND = 1000;

    /** Below it lie the stamps and marks. */
    private static final int SMALLEST_FILLER = 200;

    private static final int LARGEST_FILLER = 4_000;
    private static final int FILLER_PER_SIZE = 250_000;

    private volatile List<String> options = List.of();
    private long filled;

    /** A memcached, not yet started. */
    MemcachedProcess(Slot slot) {
        super(slot);
    }

    /** Has it started with those options from its next start on; of what it gets anyway they win. */
    public void options(String... changed) {
        options = List.of(changed);
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(Children.program("memcached"), "-l", listens()));
        command.addAll(List.of("-p", String.valueOf(port()), "-U", "0", "-m", "64", "-t", "2"));
        command.addAll(options);
        if (Children.asRoot()) {
            command.addAll(List.of("-u", "root")); // a change of user would take back that it dies with its parent
        }
        return command;
    }

    @Override
    boolean answers() {
        try {
            return ask("version", "VERSION").isEmpty();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public String address() {
        return name() + ":" + hostAndPort();
    }

    @Override
    public long stat(String statistic) {
        return stats().getOrDefault(statistic, 0L);
    }

    /** How many keys were asked for, written, touched, deleted or counted with so far, by whoever. */
    public long commands() {
        return stats().entrySet().stream()
                .filter(entry -> COMMANDS.matcher(entry.getKey()).matches())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Map<String, Long> stats() {
        Map<String, Long> stats = new HashMap<>();
        ask("stats", "END").forEach(line -> {
            String[] words = line.split(" ");
            if (words.length == 3 && words[2].matches("\\d{1,18}")) {
                stats.put(words[1], Long.valueOf(words[2]));
            }
        });
        return stats;
    }

    /** Writes 250 KB of what nobody wants in every size of item that a session may have. */
    public void fill() {
        StringBuilder commands = new StringBuilder();
        for (int size = SMALLEST_FILLER; size < LARGEST_FILLER; size = size * 5 / 4) {
            String value = "x".repeat(size);
            for (int bytes = 0; bytes < FILLER_PER_SIZE; bytes += size) {
                commands.append("set filler")
                        .append(filled++)
                        .append(" 0 0 ")
                        .append(size)
                        .append(" noreply\r\n")
                        .append(value)
                        .append("\r\n");
            }
        }
        ask(commands + "version", "VERSION");
    }

    /** None while somebody else lists them. Not to be asked often, as then others cannot. */
    @Override
    public List<String> keys() {
        return ask("lru_crawler metadump hash", "END").stream()
                .filter(line -> line.startsWith("key="))
                .map(line -> URLDecoder.decode(line.substring(4).split(" ")[0], StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public String text(String key) {
        List<String> lines = ask("get " + key, "END");
        return lines.size() < 2 ? "" : lines.get(1);
    }

    /** Gives it so many megabytes for its items, until its next start. */
    public void memoryLimit(int megabytes) {
        ask("cache_memlimit " + megabytes, "OK");
    }

    /** Forgets what it holds under a key. */
    void forget(String key) {
        ask("delete " + key, "DELETED");
    }

    private List<String> ask(String command, String last) {
        try (Socket socket = new Socket()) {
            socket.connect(socket(), ONE_SECOND);
            socket.setSoTimeout(ONE_SECOND);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            List<String> lines = new ArrayList<>();
            String line = reader.readLine();
            while (line != null && !line.startsWith(last) && !line.startsWith("BUSY")) {
                lines.add(line);
                line = reader.readLine();
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
