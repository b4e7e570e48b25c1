package io.memsession.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the API about single attributes. Each touches the attribute that it names and nothing else, and tells
 * whether the request came with a session that was {@code found}.
 */
final class AttributeAnswers {
    private static final String OWN_PREFIX = "shop.";
    private static final int MOST_CHARACTERS = 4_000_000;
    private static final int BEGINNING = 64;

    private AttributeAnswers() {}

    /** Reads; makes no session. */
    static void get(HttpServletRequest request, String name, Map<String, @Nullable Object> answer) throws Refusal {
        HttpSession session = request.getSession(false);
        Object value = session == null ? null : session.getAttribute(free(name));
        answer.put("found", session != null);
        answer(answer, name, value instanceof Integer ? value : value == null ? null : value.toString());
    }

    /** Reads all, texts by how they begin; makes no session. */
    static void all(HttpServletRequest request, Map<String, @Nullable Object> answer) {
        HttpSession session = request.getSession(false);
        Map<String, @Nullable Object> values = new TreeMap<>();
        if (session != null) {
            for (String name : Collections.list(session.getAttributeNames())) {
                if (!name.startsWith(OWN_PREFIX)) {
                    values.put(name, beginning(session.getAttribute(name)));
                }
            }
        }
        answer.put("found", session != null);
        answer.put("values", values);
    }

    private static @Nullable Object beginning(@Nullable Object value) {
        if (value == null || value instanceof Integer) {
            return value;
        }
        String text = value.toString();
        return text.substring(0, Math.min(text.length(), BEGINNING));
    }

    /** Sets a text. */
    static void put(HttpServletRequest request, String name, Map<String, @Nullable Object> answer) throws Refusal {
        String value = new Input(request).text("value");
        answer.put("found", request.getSession(false) != null);
        request.getSession(true).setAttribute(free(name), value);
        answer(answer, name, value);
    }

    /** Removes; makes no session. */
    static void delete(HttpServletRequest request, String name, Map<String, @Nullable Object> answer) throws Refusal {
        HttpSession session = request.getSession(false);
        answer.put("found", session != null);
        if (session != null) {
            session.removeAttribute(free(name));
        }
        answer(answer, name, null);
    }

    /** Adds one to a number; one that is not there counts as 0. */
    static void increment(HttpServletRequest request, String name, Map<String, @Nullable Object> answer)
            throws Refusal {
        HttpSession session = request.getSession(true);
        Object before = session.getAttribute(free(name));
        if (before != null && !(before instanceof Integer)) {
            throw Refusal.badInput(name + ": is a text, not a number");
        }
        int after = before instanceof Integer number ? number + 1 : 1;
        session.setAttribute(name, after);
        answer(answer, name, after);
    }

    /** Sets a text of so many characters, to see what becomes of large sessions. */
    static void fill(HttpServletRequest request, String name, Map<String, @Nullable Object> answer) throws Refusal {
        int characters = new Input(request).number("characters", 0, MOST_CHARACTERS);
        answer.put("found", request.getSession(false) != null);
        request.getSession(true).setAttribute(free(name), "x".repeat(characters));
        answer(answer, name, characters);
    }

    private static String free(String name) throws Refusal {
        if (name.startsWith(OWN_PREFIX)) {
            throw Refusal.badInput("names that begin with " + OWN_PREFIX + " are the shop's own");
        }
        return Input.word("name", name);
    }

    private static void answer(Map<String, @Nullable Object> answer, String name, @Nullable Object value) {
        answer.put("name", name);
        answer.put("value", value);
    }
}
