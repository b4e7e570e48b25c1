package io.memsession.sample;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as text (RFC 8259), from maps, lists, strings, numbers, booleans and null. */
final class Json {
    private final StringBuilder text = new StringBuilder();

    private Json() {}

    /**
     * The value as JSON.
     *
     * @throws IllegalArgumentException for a value that JSON has no word for
     */
    static String of(@Nullable Object value) {
        Json json = new Json();
        json.value(value);
        return json.text.toString();
    }

    private void value(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            text.append(value);
        } else if (value instanceof CharSequence string) {
            string(string);
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Iterable<?> list) {
            array(list.iterator());
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
        }
    }

    private void object(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(separator);
            string(String.valueOf(entry.getKey()));
            text.append(':');
            value(entry.getValue());
            separator = ",";
        }
        text.append(map.isEmpty() ? "{}" : "}");
    }

    private void array(Iterator<?> values) {
        text.append('[');
        while (values.hasNext()) {
            value(values.next());
            if (values.hasNext()) {
                text.append(',');
            }
        }
        text.append(']');
    }

    private void string(CharSequence string) {
        text.append('"');
        string.chars().forEach(c -> character((char) c));
        text.append('"');
    }

    private void character(char c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append(c);
        } else if (c < ' ' || c == '<' || c == '>' || c == '&' || (c >= 0x7f && !Character.isLetterOrDigit(c))) {
            text.append(String.format("\\u%04x", (int) c));
        } else {
            text.append(c);
        }
    }
}
