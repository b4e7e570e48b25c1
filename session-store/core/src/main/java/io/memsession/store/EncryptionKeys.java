package io.memsession.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that records are sealed with, by id: the first seals, every one opens. So a key is replaced by adding the
 * new one behind the old on every app server, then putting it in front on every one, then, when the longest session is
 * over, taking the old one away.
 */
public final class EncryptionKeys {
    /** The length of a key in bytes, for AES-256. */
    private static final int LENGTH = 32;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,16}");
    private static final String FILE = "file:";
    private static final String MAKE = "a key is made by: openssl rand -base64 32";

    private final Map<String, byte[]> keys;
    private final String first;

    private EncryptionKeys(Map<String, byte[]> keys) {
        this.keys = keys;
        this.first = keys.keySet().iterator().next();
    }

    /**
     * Reads keys such as {@code k2:<base64>,k1:<base64>}, or {@code file:<path>} of a file with such keys, one on each
     * line.
     *
     * @param setting the name of the setting that the text comes from, for the error
     * @throws ConfigException if they cannot be used; the message names the setting, and never a key
     */
    public static EncryptionKeys parse(String setting, String text) {
        String keys = text.strip();
        List<String> parts = new ArrayList<>();
        for (String line : keys.startsWith(FILE) ? lines(setting, keys.substring(FILE.length())) : List.of(keys)) {
            if (!line.strip().startsWith("#")) {
                parts.addAll(List.of(line.split("[,\\s]+")));
            }
        }
        parts.removeIf(String::isEmpty);
        Map<String, byte[]> parsed = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            String id = part.substring(0, Math.max(part.indexOf(':'), 0));
            require(ID.matcher(id).matches(), setting, "key " + (i + 1) + " is not of the form id:base64");
            byte[] key = decoded(part.substring(id.length() + 1));
            require(
                    key != null && key.length == LENGTH,
                    setting,
                    "key \"" + id + "\" is not " + LENGTH + " bytes in base64");
            require(parsed.put(id, key) == null, setting, "the key id \"" + id + "\" stands there twice");
        }
        require(!parsed.isEmpty(), setting, "there is no key");
        return new EncryptionKeys(parsed);
    }

    private static Collection<String> lines(String setting, String path) {
        try {
            return Files.readAllLines(Path.of(path), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw new ConfigException(setting + ": the file " + path + " cannot be read (" + e + ")");
        }
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void require(boolean met, String setting, String why) {
        if (!met) {
            throw new ConfigException(
                    setting + ": " + why + "; a right value is " + setting + "=\"k1:<44 characters of base64>\" or "
                            + setting + "=\"file:/etc/memsession.keys\", and " + MAKE);
        }
    }

    /** The id of the key that seals. */
    String first() {
        return first;
    }

    /** The key with that id; null if there is none. */
    byte @Nullable [] key(String id) {
        return keys.get(id);
    }

    /** The ids only: a key is never shown. */
    @Override
    public String toString() {
        return "keys " + keys.keySet();
    }
}
