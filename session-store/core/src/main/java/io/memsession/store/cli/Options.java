package io.memsession.store.cli;

import io.memsession.store.ConfigException;
import io.memsession.store.NodeAddress;
import io.memsession.store.line.Credentials;
import io.memsession.store.line.Line;
import io.memsession.store.line.Tls;
import io.memsession.store.line.Trust;
import io.memsession.store.line.Wording;
import io.memsession.store.spy.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands behind a command: options with their values, and operands. */
final class Options {
    private static final Set<String> KNOWN = Set.of(
            "--nodes",
            "--prefix",
            "--protocol",
            "--timeout",
            "--max-record-size",
            "--username",
            "--password-file",
            "--tls",
            "--tls-password-file");
    private static final Wording WORDING = new Wording("--username", "--password-file", "--tls", "--tls");
    private static final String OF_THE_JVM = "jvm";
    private static final int MOST = 100_000_000;

    private final Map<String, String> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();

    private Options() {}

    /** Reads them; {@code --name value} and {@code --name=value} are the same. */
    static Options of(List<String> arguments) {
        Options options = new Options();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String next = rest.next();
            if (!next.startsWith("--")) {
                options.operands.add(next);
                continue;
            }
            int equals = next.indexOf('=');
            String name = equals < 0 ? next : next.substring(0, equals);
            if (!KNOWN.contains(name)) {
                throw new ConfigException("there is no option " + name + "; --help shows those that there are");
            }
            if (equals < 0 && !rest.hasNext()) {
                throw new ConfigException(name + " wants a value behind it");
            }
            options.values.put(name, equals < 0 ? rest.next() : next.substring(equals + 1));
        }
        return options;
    }

    /** These, if no operand is among them. */
    Options withoutOperand(String command) {
        if (!operands.isEmpty()) {
            throw new ConfigException(command + " takes options only, not \"" + operands.get(0) + "\"");
        }
        return this;
    }

    /** The one operand. */
    String operand(String otherwise) {
        if (operands.size() != 1) {
            throw new ConfigException(otherwise);
        }
        return operands.get(0);
    }

    List<NodeAddress> nodes() {
        String nodes = values.get("--nodes");
        if (nodes == null) {
            throw new ConfigException("--nodes is missing; as in --nodes n1:host1:11211,n2:host2:11211");
        }
        return NodeAddress.parseList("--nodes", nodes);
    }

    @Nullable
    String keyPrefix() {
        return values.get("--prefix");
    }

    Protocol protocol() {
        String name = values.getOrDefault("--protocol", "binary");
        try {
            return Protocol.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--protocol \"" + name + "\" is neither binary nor text");
        }
    }

    Duration timeout() {
        return Duration.ofMillis(number("--timeout", 1_000));
    }

    int maxRecordSize() {
        return number("--max-record-size", 1_000_000);
    }

    /** How the nodes are reached. Passwords come from files, as everybody on a machine sees command lines. */
    Line line() {
        String trusted = values.get("--tls");
        Tls tls = trusted == null
                ? null
                : trusted.equals(OF_THE_JVM)
                        ? Trust.ofTheJvm()
                        : Trust.read("--tls", trusted, secret("--tls-password-file"));
        Credentials credentials = Credentials.read(
                WORDING,
                values.get("--username"),
                secret("--password-file"),
                protocol() == Protocol.BINARY ? Credentials.Way.SASL : Credentials.Way.TEXT);
        return new Line(credentials, tls, WORDING);
    }

    private @Nullable String secret(String name) {
        String file = values.get(name);
        try {
            return file == null ? null : Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new ConfigException(name + " \"" + file + "\" cannot be read: " + e);
        }
    }

    private int number(String name, int otherwise) {
        String text = values.getOrDefault(name, String.valueOf(otherwise));
        int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > MOST) {
            throw new ConfigException(name + " \"" + text + "\" is not a whole number from 1 to " + MOST);
        }
        return number;
    }
}
