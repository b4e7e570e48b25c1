package io.memsession.e2e;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A promise that was not kept.
 *
 * @param promise which one
 * @param shows the fewest operations that show it
 */
public record Violation(String promise, List<Operation> shows) {
    /** The operations in the order in which they began, one a line. */
    public String text() {
        List<Operation> sorted = shows.stream()
                .sorted(Comparator.comparingLong(Operation::began))
                .toList();
        long origin = sorted.isEmpty() ? 0 : sorted.get(0).began();
        return promise + "\n"
                + sorted.stream().map(each -> "  " + each.line(origin)).collect(Collectors.joining("\n"));
    }
}
