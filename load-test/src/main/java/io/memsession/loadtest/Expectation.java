package io.memsession.loadtest;

import static io.memsession.loadtest.Wrong.Kind.REVIVED;
import static io.memsession.loadtest.Wrong.Kind.SESSION_LOST;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What one session must look like to the one user who has it: cart, note, login and id. Judges the shop's answers. For
 * one thread at a time.
 */
final class Expectation {
    private static final int SHOWN_OF_AN_ID = 8;

    private final Map<String, Known<Integer>> cart = new LinkedHashMap<>();
    private final Known<String> note = new Known<>("the note", "");
    private final Known<String> user = new Known<>("the login", "");
    private String id = "";

    /** How many of an article the cart holds as far as is known. */
    int quantity(String sku) {
        return line(sku).value();
    }

    private Known<Integer> line(String sku) {
        return cart.computeIfAbsent(sku, first -> new Known<>("the cart's line " + first, 0));
    }

    /** The request may have been carried out or not, now or later. */
    void mayHaveDone(Step step) {
        switch (step.kind()) {
            case ADD -> line(step.what()).mayBeWritten(Integer.valueOf(step.value()));
            case CHANGE -> note.mayBeWritten(step.value());
            case BROWSE, LOOK, LOG_IN, LOG_OUT, COME_BACK -> {} // nothing is written, or the session is given up
        }
    }

    /** What is wrong with an answer of status 200; nothing if it is as it must be. */
    List<Wrong> judge(Step step, JsonNode answer) {
        return switch (step.kind()) {
            case BROWSE -> found(answer) ? see(note, answer.path("value")) : lost("no session was found");
            case LOOK -> cart(answer);
            case ADD -> {
                line(step.what()).written(Integer.valueOf(step.value()));
                yield cart(answer);
            }
            case CHANGE -> {
                note.written(step.value());
                yield found(answer) ? see(note, answer.path("value")) : lost("no session was found");
            }
            case LOG_IN -> logIn(step, answer);
            case LOG_OUT -> found(answer) ? List.of() : lost("it was over before it was logged out");
            case COME_BACK ->
                found(answer)
                        ? List.of(new Wrong(REVIVED, "session " + shown(id) + " was logged out and is found"))
                        : List.of();
        };
    }

    private List<Wrong> logIn(Step step, JsonNode answer) {
        if (!found(answer)) {
            return lost("no session was found to log in to");
        }
        user.written(step.value());
        id = plain(answer.path("id").asString(""));
        return see(user, answer.path("user"));
    }

    private List<Wrong> cart(JsonNode answer) {
        String seen = plain(answer.path("id").asString(""));
        if (id.isEmpty()) {
            id = seen;
        }
        if (!id.equals(seen)) {
            return lost("session " + shown(seen) + " stands in its place");
        }
        List<Wrong> wrong = new ArrayList<>(see(user, answer.path("user")));
        Map<String, Integer> lines = new LinkedHashMap<>();
        answer.path("lines")
                .forEach(line -> lines.put(
                        line.path("sku").asString(""), line.path("quantity").asInt(0)));
        lines.keySet().forEach(this::line); // also what should not be there
        cart.forEach((sku, line) -> line.see(lines.getOrDefault(sku, 0)).ifPresent(wrong::add));
        return wrong;
    }

    private static boolean found(JsonNode answer) {
        return answer.path("found").asBoolean(false);
    }

    private static List<Wrong> see(Known<String> known, JsonNode seen) {
        return known.see(seen.isString() ? seen.asString() : "").stream().toList();
    }

    private List<Wrong> lost(String how) {
        return List.of(new Wrong(SESSION_LOST, "session " + shown(id) + ": " + how));
    }

    /** The id without its node and route. */
    private static String plain(String id) {
        return id.replaceFirst("(-n\\d+)?(\\.\\w+)?$", "");
    }

    private static String shown(String id) {
        return id.length() > SHOWN_OF_AN_ID ? id.substring(0, SHOWN_OF_AN_ID) + "…" : id;
    }
}
