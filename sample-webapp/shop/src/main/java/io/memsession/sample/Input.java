package io.memsession.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request brought along, checked: parameters are bounded, numbers are numbers, products exist. */
final class Input {
    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,64}");
    private static final int LONGEST_VALUE = 100_000;

    private final HttpServletRequest request;

    Input(HttpServletRequest request) {
        this.request = request;
    }

    /** The product that the parameter {@code sku} names. */
    Product product() throws Refusal {
        return Product.bySku(text("sku")).orElseThrow(() -> Refusal.badInput("sku: the shop has no such product"));
    }

    /** A whole number within bounds. */
    int number(String parameter, int least, int most) throws Refusal {
        String text = text(parameter);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Refusal.badInput(parameter + ": a whole number from " + least + " to " + most + " is needed");
    }

    /** A text that is there and not longer than any value may be. */
    String text(String parameter) throws Refusal {
        String text = parameter(parameter);
        if (text == null || text.length() > LONGEST_VALUE) {
            throw Refusal.badInput(parameter + ": needed, with at most " + LONGEST_VALUE + " characters");
        }
        return text;
    }

    /** A word: letters, digits, dots, hyphens and underscores. */
    static String word(String what, String text) throws Refusal {
        if (!NAME.matcher(text).matches()) {
            throw Refusal.badInput(what + ": 1 to 64 letters, digits, dots, hyphens or underscores are needed");
        }
        return text;
    }

    /** The parameter, if it was sent. Tomcat 11 throws for parameters that cannot be decoded; others leave them out. */
    @Nullable
    String parameter(String name) throws Refusal {
        try {
            return request.getParameter(name);
        } catch (IllegalStateException e) {
            throw Refusal.badInput("the parameters cannot be read");
        }
    }
}
