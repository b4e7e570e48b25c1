package io.memsession.tomcat;

import io.memsession.store.ConfigException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A Manager's attributes as texts, and what they mean. Whoever asks for a wrong one gets an error that names it. */
final class AttributeValues {
    private final Map<String, String> texts;

    AttributeValues(Map<String, String> texts) {
        this.texts = texts;
    }

    /** The text without space around it; null if the attribute is not there or blank. */
    @Nullable
    String text(String name) {
        String text = texts.get(name);
        return text == null || text.isBlank() ? null : text.trim();
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text == null ? otherwise : text;
    }

    boolean flag(String name, boolean otherwise) {
        String text = text(name, String.valueOf(otherwise));
        return isFirst(name, text, "true", "false", String.valueOf(!otherwise));
    }

    long number(String name, long otherwise, long least, long most) {
        String text = text(name, String.valueOf(otherwise));
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(name, text, "is not a whole number from " + least + " to " + most, String.valueOf(otherwise));
    }

    /** The attribute in milliseconds; null if it is not there. */
    @Nullable
    Duration millis(String name, long example, long least) {
        return text(name) == null ? null : Duration.ofMillis(number(name, example, least, Integer.MAX_VALUE));
    }

    @Nullable
    Pattern pattern(String name, String example) {
        String text = text(name);
        return text == null ? null : compiled(name, text, text, example);
    }

    static Pattern compiled(String name, String whole, String expression, String example) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw wrong(name, whole, "is no regular expression (" + e.getDescription() + ")", example);
        }
    }

    /** Whether the text is the first of two words; if it is neither, the message shows the right one given. */
    static boolean isFirst(String name, String text, String first, String second, String right) {
        if (!text.equalsIgnoreCase(first) && !text.equalsIgnoreCase(second)) {
            throw wrong(name, text, "is neither " + first + " nor " + second, right);
        }
        return text.equalsIgnoreCase(first);
    }

    static ConfigException wrong(String name, String text, String why, String right) {
        return new ConfigException(
                name + "=\"" + text + "\" " + why + "; a right value is " + name + "=\"" + right + "\"");
    }
}
