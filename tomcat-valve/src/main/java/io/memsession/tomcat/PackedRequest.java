package io.memsession.tomcat;

import jakarta.servlet.http.Cookie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.apache.catalina.authenticator.SavedRequest;
import org.apache.tomcat.util.buf.ByteChunk;
import org.jspecify.annotations.Nullable;

/**
 * The request that a login by form has put off, as a list of texts, numbers and bytes: method, query, URI, decoded URI,
 * content type, locales, headers, cookies, body, and the timeout that the session had before.
 */
final class PackedRequest {
    private static final int PARTS = 10;

    private PackedRequest() {}

    static Object pack(SavedRequest request) {
        List<@Nullable Object> packed = new ArrayList<>(PARTS);
        packed.add(request.getMethod());
        packed.add(request.getQueryString());
        packed.add(request.getRequestURI());
        packed.add(request.getDecodedRequestURI());
        packed.add(request.getContentType());
        packed.add(locales(request));
        packed.add(headers(request));
        packed.add(cookies(request));
        packed.add(body(request.getBody()));
        packed.add(request.getOriginalMaxInactiveIntervalOptional());
        return packed;
    }

    private static List<String> locales(SavedRequest request) {
        List<String> tags = new ArrayList<>();
        request.getLocales().forEachRemaining(locale -> tags.add(locale.toLanguageTag()));
        return tags;
    }

    /** Names and values in turn. */
    private static List<String> headers(SavedRequest request) {
        List<String> headers = new ArrayList<>();
        for (Iterator<String> names = request.getHeaderNames(); names.hasNext(); ) {
            String name = names.next();
            if (!name.equalsIgnoreCase("cookie")) {
                request.getHeaderValues(name).forEachRemaining(value -> {
                    headers.add(name);
                    headers.add(value);
                });
            }
        }
        return headers;
    }

    /** Names and values in turn. */
    private static List<String> cookies(SavedRequest request) {
        List<String> cookies = new ArrayList<>();
        request.getCookies().forEachRemaining(cookie -> {
            cookies.add(cookie.getName());
            cookies.add(cookie.getValue());
        });
        return cookies;
    }

    private static byte @Nullable [] body(@Nullable ByteChunk body) {
        return body == null ? null : Arrays.copyOfRange(body.getBytes(), body.getStart(), body.getEnd());
    }

    /** The request; null if it is none. */
    static @Nullable SavedRequest unpack(Object packed) {
        if (!(packed instanceof List<?> parts)
                || parts.size() != PARTS
                || !(parts.get(5) instanceof List<?> tags)
                || !(parts.get(6) instanceof List<?> headers)
                || !(parts.get(7) instanceof List<?> cookies)) {
            return null;
        }
        SavedRequest request = new SavedRequest();
        request.setMethod((String) parts.get(0));
        request.setQueryString((String) parts.get(1));
        request.setRequestURI((String) parts.get(2));
        request.setDecodedRequestURI((String) parts.get(3));
        request.setContentType((String) parts.get(4));
        tags.forEach(tag -> request.addLocale(Locale.forLanguageTag(String.valueOf(tag))));
        pairs(headers, request::addHeader);
        pairs(cookies, (name, value) -> request.addCookie(new Cookie(name, value)));
        if (parts.get(8) instanceof byte[] bytes) {
            ByteChunk body = new ByteChunk();
            body.setBytes(bytes, 0, bytes.length);
            request.setBody(body);
        }
        if (parts.get(9) instanceof Integer timeout) {
            request.setOriginalMaxInactiveInterval(timeout);
        }
        return request;
    }

    private static void pairs(List<?> texts, BiConsumer<String, String> taker) {
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            taker.accept(String.valueOf(texts.get(i)), String.valueOf(texts.get(i + 1)));
        }
    }
}
