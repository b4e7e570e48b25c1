package io.memsession.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bytes that a released format wrote, by name: a line each, the name, a tab, the bytes in Base64. */
public final class Golden {
    private Golden() {}

    /** Those of the resource under {@code golden/}. */
    public static Map<String, byte[]> read(String resource) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no golden/" + resource);
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                int tab = line.indexOf('\t');
                all.put(line.substring(0, tab), Base64.getDecoder().decode(line.substring(tab + 1)));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line of one more. */
    public static String line(String name, byte[] bytes) {
        return name + '\t' + Base64.getEncoder().encodeToString(bytes) + '\n';
    }
}
