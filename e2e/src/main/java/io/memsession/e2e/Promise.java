package io.memsession.e2e;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What the pair promises, as a judge of histories: every attribute is a linearizable register, what is over stays over,
 * what lives is found, nothing fails, and nobody waits too long.
 */
public final class Promise {
    private final ToLongFunction<Operation> longestMillis;
    private final Predicate<Operation> mayFail;

    /**
     * The promise.
     *
     * @param longestMillis how long an operation may have taken, in milliseconds
     * @param mayFail whether more than one thing failed around an operation, so that an error is no violation;
     *     everything else still is
     */
    public Promise(ToLongFunction<Operation> longestMillis, Predicate<Operation> mayFail) {
        this.longestMillis = longestMillis;
        this.mayFail = mayFail;
    }

    /** Every way in which that history breaks the promise. */
    public List<Violation> violations(Collection<Operation> history) {
        List<Violation> violations = new ArrayList<>();
        for (Operation operation : history) {
            if (operation.outcome() == Operation.Outcome.UNKNOWN && !mayFail.test(operation)) {
                violations.add(new Violation("a request failed", List.of(operation)));
            }
            if (operation.millis() > longestMillis.applyAsLong(operation)) {
                violations.add(new Violation(
                        "a request took " + operation.millis() + " ms, longer than "
                                + longestMillis.applyAsLong(operation),
                        List.of(operation)));
            }
        }
        by(history, Operation::session).values().forEach(session -> {
            violations.addAll(Life.violations(session));
            by(session, Operation::attribute).values().forEach(attribute -> violations.addAll(register(attribute)));
        });
        return violations;
    }

    private static Map<String, List<Operation>> by(Collection<Operation> history, Function<Operation, String> key) {
        return history.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private static List<Violation> register(List<Operation> attribute) {
        List<Operation> relevant = attribute.stream()
                .filter(each -> each.is(Operation.Kind.READ)
                        ? each.done()
                        : each.is(Operation.Kind.WRITE) && each.outcome() != Operation.Outcome.OVER)
                .toList();
        if (Register.isLinearizable(relevant)) {
            return List.of();
        }
        Predicate<List<Operation>> shows = some -> everyReadHasItsWrite(some) && !Register.isLinearizable(some);
        List<Operation> shortest = shows.test(relevant) ? Shortest.of(relevant, shows) : neverWritten(relevant);
        return List.of(new Violation(
                "an acknowledged write was lost, or an older value was read after a newer one", shortest));
    }

    private static boolean everyReadHasItsWrite(List<Operation> some) {
        return some.stream().allMatch(each -> each.is(Operation.Kind.WRITE) || hasItsWrite(each, some));
    }

    private static boolean hasItsWrite(Operation read, List<Operation> some) {
        return read.value() == null
                || some.stream()
                        .anyMatch(
                                write -> write.is(Operation.Kind.WRITE) && Objects.equals(write.value(), read.value()));
    }

    private static List<Operation> neverWritten(List<Operation> some) {
        return some.stream()
                .filter(each -> each.is(Operation.Kind.READ) && !hasItsWrite(each, some))
                .limit(1)
                .toList();
    }
}
