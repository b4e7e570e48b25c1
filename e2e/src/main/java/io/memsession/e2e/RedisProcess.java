package io.memsession.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A Redis that writes no files, so that it comes back empty. */
public final class RedisProcess extends NodeProcess {
    private static final int ONE_SECOND = 1000;

    /** What stands before each value: the number that compare-and-set goes by. */
    private static final int NUMBER = 8;

    /** A Redis, not yet started. */
    RedisProcess(Slot slot) {
        super(slot);
    }

    @Override
    List<String> command() {
        return List.of(
                Children.program("redis-server"),
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port()),
                "--save",
                "",
                "--dir",
                folder().toString());
    }

    @Override
    boolean answers() {
        try {
            return ask("PING").equals(List.of("PONG"));
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    public String address() {
        return name() + ":redis://127.0.0.1:" + port();
    }

    /** {@code curr_items}, and {@code cmd_set}, which counts scripts too. */
    @Override
    public long stat(String statistic) {
        return switch (statistic) {
            case "curr_items" -> Long.parseLong(ask("DBSIZE").get(0));
            case "cmd_set" -> calls("set") + calls("eval");
            default -> 0;
        };
    }

    private long calls(String command) {
        String begin = "cmdstat_" + command + ":calls=";
        return ask("INFO commandstats")
                .get(0)
                .lines()
                .filter(line -> line.startsWith(begin))
                .mapToLong(line -> Long.parseLong(line.substring(begin.length(), line.indexOf(','))))
                .sum();
    }

    @Override
    public List<String> keys() {
        return ask("KEYS *");
    }

    @Override
    public String text(String key) {
        List<String> value = ask("GET " + key);
        return value.isEmpty() || value.get(0).length() < NUMBER
                ? ""
                : value.get(0).substring(NUMBER);
    }

    /** The answer's texts and numbers; none for one that says that there is nothing. */
    private List<String> ask(String command) {
        try (Socket socket = new Socket()) {
            socket.connect(Ports.local(port()), ONE_SECOND);
            socket.setSoTimeout(ONE_SECOND);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            List<String> answer = new ArrayList<>();
            read(reader, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(BufferedReader in, List<String> answer) throws IOException {
        String line = in.readLine();
        if (line == null || line.startsWith("-")) {
            throw new IOException("no answer: " + line);
        }
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '*' -> {
                for (int i = Integer.parseInt(rest); i > 0; i--) {
                    read(in, answer);
                }
            }
            case '$' -> {
                if (!rest.equals("-1")) {
                    answer.add(bulk(in, Integer.parseInt(rest)));
                }
            }
            default -> answer.add(rest);
        }
    }

    private static String bulk(BufferedReader in, int length) throws IOException {
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < length + 2; i++) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("cut short");
            }
            bulk.append((char) next);
        }
        return bulk.substring(0, length);
    }
}
