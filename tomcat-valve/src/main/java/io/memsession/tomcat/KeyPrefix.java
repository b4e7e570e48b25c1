package io.memsession.tomcat;

import io.memsession.store.ConfigException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What stands before the plain id in a key, so that applications sharing nodes do not meet; made of tokens as in
 * memcached-session-manager.
 */
final class KeyPrefix {
    private static final String SETTING = "storageKeyPrefix";
    private static final String STATIC = "static:";

    /**
     * Where the application runs.
     *
     * @param host the name of its host
     * @param context its path; a slash for the root, so that version v1 of it does not meet the application /v1
     * @param version its version; empty without parallel deployment
     */
    record Place(String host, String context, String version) {}

    private KeyPrefix() {}

    /**
     * The prefix that the tokens make at that place; may be empty.
     *
     * @param tokens separated by commas: {@code static:<text>}, {@code host}, {@code host.hash}, {@code context},
     *     {@code context.hash}, {@code webappVersion}
     * @throws ConfigException if a token is none of these
     */
    static String of(String tokens, Place place) {
        List<String> parts = new ArrayList<>();
        for (String token : tokens.split(",")) {
            String value = value(token.trim(), tokens, place);
            if (!value.isEmpty()) {
                parts.add(value);
            }
        }
        return String.join(":", parts);
    }

    private static String value(String token, String tokens, Place place) {
        return switch (token) {
            case "" -> "";
            case "host" -> visible(place.host());
            case "host.hash" -> hash(place.host());
            case "context" -> visible(place.context());
            case "context.hash" -> hash(place.context());
            case "webappVersion" -> visible(place.version());
            default -> {
                if (!token.startsWith(STATIC) || token.length() == STATIC.length()) {
                    throw AttributeValues.wrong(
                            SETTING,
                            tokens,
                            "has the unknown token \"" + token
                                    + "\"; there are static:<text>, host, host.hash, context, context.hash and webappVersion",
                            "static:shop,context");
                }
                yield visible(token.substring(STATIC.length()));
            }
        };
    }

    /** The text with all that cannot stand in a part of a key written as %XX. */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each > ' ' && each < 0x7f && each != ':' && each != '%';
            visible.append(plain ? String.valueOf((char) each) : String.format("%%%02X", each));
        }
        return visible.toString();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
