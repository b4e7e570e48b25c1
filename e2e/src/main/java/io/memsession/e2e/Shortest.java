package io.memsession.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The shortest that still shows something: takes away parts, halves first, single ones last, as long as it is still
 * shown (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE TSE 2002).
 */
final class Shortest {
    private Shortest() {}

    static <T> List<T> of(List<T> all, Predicate<List<T>> shows) {
        List<T> rest = all;
        for (int part = Math.max(1, rest.size() / 2); part >= 1; part /= 2) {
            int before;
            do {
                before = rest.size();
                rest = without(rest, part, shows);
            } while (part == 1 && rest.size() < before);
        }
        return rest;
    }

    private static <T> List<T> without(List<T> all, int part, Predicate<List<T>> shows) {
        List<T> rest = all;
        for (int from = 0; from < rest.size(); ) {
            List<T> fewer = new ArrayList<>(rest);
            fewer.subList(from, Math.min(from + part, fewer.size())).clear();
            if (shows.test(fewer)) {
                rest = fewer;
            } else {
                from += part;
            }
        }
        return rest;
    }
}
