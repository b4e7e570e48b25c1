package io.memsession.loadtest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Every wrong answer, counted; the first few word by word. */
final class Findings {
    /** So many are kept in words. */
    static final int KEPT = 20;

    private static final int TOLD_AT_ONCE = 5;

    private final Timeline timeline;
    private final Consumer<String> say;
    private final Map<Wrong.Kind, Integer> counts = new EnumMap<>(Wrong.Kind.class);
    private final List<String> first = new ArrayList<>();

    /** None yet; the first few are told as they come. */
    Findings(Timeline timeline, Consumer<String> say) {
        this.timeline = timeline;
        this.say = say;
    }

    synchronized void add(String user, Step step, Wrong wrong, long now) {
        counts.merge(wrong.kind(), 1, Integer::sum);
        if (first.size() < KEPT) {
            String line = "at " + timeline.second(now) + " s, user " + user + ", " + step + ": " + wrong.text();
            first.add(line);
            if (first.size() <= TOLD_AT_ONCE) {
                say.accept("WRONG  " + line);
            }
        }
    }

    synchronized int count() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many of which kind; nothing where there were none. */
    synchronized Map<Wrong.Kind, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** The first in words. */
    synchronized List<String> first() {
        return List.copyOf(first);
    }
}
