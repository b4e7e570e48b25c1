package io.memsession.e2e;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The part of the promise that is about one session's life: over stays over, and until then it is found. */
final class Life {
    private final List<Operation> operations;

    private Life(List<Operation> operations) {
        this.operations = operations;
    }

    static List<Violation> violations(List<Operation> ofOneSession) {
        Life life = new Life(ofOneSession);
        List<Violation> violations = new ArrayList<>();
        for (Operation operation : ofOneSession) {
            if (operation.foundLive()) {
                life.over(operation)
                        .ifPresent(over -> violations.add(new Violation(
                                "an ended session, or an id given up, is back", List.of(over, operation))));
            } else if (operation.outcome() == Operation.Outcome.OVER && !life.mayBeOver(operation)) {
                violations.add(new Violation("a live session was not found", life.withLastSign(operation)));
            }
        }
        return violations;
    }

    /** What told, before it began, that this operation could not find the session. */
    private Optional<Operation> over(Operation found) {
        return operations.stream()
                .filter(other -> other.ended() < found.began() && endsFor(other, found))
                .findFirst();
    }

    private boolean endsFor(Operation other, Operation found) {
        return switch (other.kind()) {
            case END -> other.done();
            case RENAME -> other.done() ? found.generation() <= other.generation() : seenOver(other, found);
            default -> seenOver(other, found);
        };
    }

    /** Seen over counts for that id only: it may be over because of a rename. */
    private boolean seenOver(Operation other, Operation found) {
        return other.outcome() == Operation.Outcome.OVER && other.generation() == found.generation();
    }

    /** Whether an end, or a rename of that id, had begun by then. */
    private boolean mayBeOver(Operation notFound) {
        return operations.stream()
                .anyMatch(other -> other.began() < notFound.ended()
                        && !other.equals(notFound)
                        && (other.is(Operation.Kind.END)
                                || (other.is(Operation.Kind.RENAME)
                                        && other.outcome() != Operation.Outcome.OVER
                                        && other.generation() == notFound.generation())));
    }

    private List<Operation> withLastSign(Operation notFound) {
        List<Operation> shows = new ArrayList<>();
        operations.stream()
                .filter(other -> other.foundLive() && other.ended() < notFound.began())
                .max(Comparator.comparingLong(Operation::ended))
                .ifPresent(shows::add);
        shows.add(notFound);
        return shows;
    }
}
