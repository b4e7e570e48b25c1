package io.memsession.e2e;

import static io.memsession.e2e.Operation.Kind.END;
import static io.memsession.e2e.Operation.Kind.READ;
import static io.memsession.e2e.Operation.Kind.RENAME;
import static io.memsession.e2e.Operation.Kind.WRITE;
import static io.memsession.e2e.Operation.Outcome.DONE;
import static io.memsession.e2e.Operation.Outcome.OVER;
import static io.memsession.e2e.Operation.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The judge of histories: finds what was planted, shows it in as few operations as can be, and lets pass what is right.
 */
class PromiseTest {
    private static final long MILLI = 1_000_000;

    private boolean stoodStill;
    private String server = "tomcat1";
    private final Promise promise = new Promise(
            operation -> 500, operation -> stoodStill || operation.server().equals("killed"));
    private final List<Operation> history = new ArrayList<>();

    private Operation add(Operation.Kind kind, @Nullable String value, long began, long ended, Operation.Outcome how) {
        return add(kind, value, began, ended, how, 0);
    }

    private Operation add(
            Operation.Kind kind,
            @Nullable String value,
            long began,
            long ended,
            Operation.Outcome how,
            int generation) {
        String attribute = kind == READ || kind == WRITE ? "a" : "";
        Operation operation = new Operation(
                "c1", server, "s", generation, kind, attribute, value, began * MILLI, ended * MILLI, how, "");
        history.add(operation);
        return operation;
    }

    /** One whose app server was killed meanwhile: nobody knows what became of it. */
    private Operation addOfUnknownOutcome(Operation.Kind kind, @Nullable String value, long began, long ended) {
        server = "killed";
        Operation operation = add(kind, value, began, ended, UNKNOWN);
        server = "tomcat1";
        return operation;
    }

    private void rightTraffic() {
        for (int i = 0; i < 40; i++) {
            add(WRITE, "before" + i, -1000 + i * 10, -995 + i * 10, DONE);
            add(READ, "before" + i, -994 + i * 10, -992 + i * 10, DONE);
        }
    }

    private Violation theOnlyViolation() {
        List<Violation> violations = promise.violations(history);
        assertThat(violations).hasSize(1);
        return violations.get(0);
    }

    @Test
    void findsAnAcknowledgedWriteThatWasLost() {
        rightTraffic();
        Operation first = add(WRITE, "1", 0, 10, DONE);
        Operation lost = add(WRITE, "2", 20, 30, DONE);
        add(READ, "1", 40, 50, DONE);
        Operation read = add(READ, "1", 60, 70, DONE);

        assertThat(theOnlyViolation().shows()).containsExactlyInAnyOrder(first, lost, read);
    }

    @Test
    void findsAnOlderValueThatIsReadAfterANewerOneWasRead() {
        rightTraffic();
        Operation old = add(WRITE, "1", 0, 10, DONE);
        Operation unfinished = add(WRITE, "2", 20, 100, DONE);
        Operation newer = add(READ, "2", 30, 40, DONE);
        Operation older = add(READ, "1", 50, 60, DONE);

        assertThat(theOnlyViolation().shows()).containsExactlyInAnyOrder(old, unfinished, newer, older);
    }

    @Test
    void findsAWriteThatWasLostWithEverything() {
        Operation lost = add(WRITE, "1", 0, 10, DONE);
        Operation read = add(READ, null, 20, 30, DONE);

        assertThat(theOnlyViolation().shows()).containsExactlyInAnyOrder(lost, read);
    }

    @Test
    void findsARemovedAttributeThatIsBack() {
        Operation written = add(WRITE, "1", 0, 10, DONE);
        Operation removed = add(WRITE, null, 20, 30, DONE);
        Operation read = add(READ, "1", 40, 50, DONE);

        assertThat(theOnlyViolation().shows()).containsExactlyInAnyOrder(written, removed, read);
    }

    @Test
    void findsAValueThatNobodyWrote() {
        rightTraffic();
        Operation read = add(READ, "of somebody else", 0, 10, DONE);

        assertThat(theOnlyViolation().shows()).containsExactly(read);
    }

    @Test
    void findsAnEndedSessionThatIsBack() {
        rightTraffic();
        Operation end = add(END, null, 0, 10, DONE);
        Operation found = add(READ, "before39", 20, 30, DONE);

        Violation violation = theOnlyViolation();
        assertThat(violation.shows()).containsExactly(end, found);
        assertThat(violation.text()).contains("is back", "0.0 ..", "c1 at tomcat1: read a = before39");
    }

    @Test
    void findsASessionThatWasSeenOverAndIsBack() {
        rightTraffic();
        add(END, null, 0, 100, DONE);
        Operation seenOver = add(READ, null, 10, 20, OVER);
        Operation found = add(READ, "before39", 30, 40, DONE);

        assertThat(theOnlyViolation().shows()).containsExactly(seenOver, found);
    }

    @Test
    void findsAnOldIdThatStillWorks() {
        rightTraffic();
        Operation rename = add(RENAME, null, 0, 10, DONE);
        Operation found = add(READ, "before39", 20, 30, DONE, 0);

        assertThat(theOnlyViolation().shows()).containsExactly(rename, found);
    }

    @Test
    void findsALiveSessionThatWasNotFound() {
        rightTraffic();
        Operation last = add(READ, "before39", 0, 10, DONE);
        Operation missed = add(READ, null, 20, 30, OVER);
        add(END, null, 40, 50, DONE);

        assertThat(theOnlyViolation().shows()).containsExactly(last, missed);
    }

    @Test
    void findsARenamedSessionThatWasNotFoundUnderItsNewId() {
        add(WRITE, "1", 0, 10, DONE);
        Operation rename = add(RENAME, null, 20, 30, DONE);
        Operation missed = add(READ, null, 40, 50, OVER, 1);

        assertThat(theOnlyViolation().shows()).containsExactly(rename, missed);
    }

    @Test
    void findsAnErrorAndALongWait() {
        add(READ, null, 0, 10, UNKNOWN);
        assertThat(theOnlyViolation().promise()).contains("failed");
        history.clear();
        add(READ, null, 0, 501, DONE);
        assertThat(theOnlyViolation().promise()).contains("501 ms");
    }

    @Test
    void forgivesAnErrorWhereTheMachineStoodStillAndNothingElse() {
        stoodStill = true;
        add(READ, null, 0, 10, UNKNOWN);
        assertThat(promise.violations(history)).isEmpty();
        add(WRITE, "1", 20, 30, DONE);
        add(READ, null, 40, 50, DONE);
        assertThat(theOnlyViolation().promise()).contains("lost");
    }

    @Test
    void letsAWriteOfUnknownOutcomeTakeEffectAtOnceLaterOrNever() {
        add(WRITE, "1", 0, 10, DONE);
        addOfUnknownOutcome(WRITE, "at once", 20, 30);
        addOfUnknownOutcome(WRITE, "later", 20, 30);
        addOfUnknownOutcome(WRITE, "never", 20, 30);
        add(READ, "at once", 25, 35, DONE);
        add(READ, "at once", 40, 50, DONE);
        add(READ, "later", 60, 70, DONE);

        assertThat(promise.violations(history)).isEmpty();
    }

    @Test
    void findsAWriteOfUnknownOutcomeThatWasTakenBack() {
        Operation before = add(WRITE, "1", 0, 10, DONE);
        Operation unknown = addOfUnknownOutcome(WRITE, "2", 20, 30);
        Operation seen = add(READ, "2", 40, 50, DONE);
        Operation takenBack = add(READ, "1", 60, 70, DONE);

        assertThat(theOnlyViolation().shows()).containsExactlyInAnyOrder(before, unknown, seen, takenBack);
    }

    @Test
    void letsASessionWhoseEndOrNewIdHasAnUnknownOutcomeLiveAndBeOverOnce() {
        for (Operation.Kind kind : List.of(END, RENAME)) {
            history.clear();
            addOfUnknownOutcome(kind, null, 0, 10);
            add(READ, null, 20, 30, DONE);
            Operation over = add(READ, null, 40, 50, OVER);
            assertThat(promise.violations(history)).isEmpty();
            Operation back = add(READ, null, 60, 70, DONE);
            assertThat(theOnlyViolation().shows()).containsExactly(over, back);
        }
    }

    @Test
    void findsAnErrorOfAnotherServerThanTheOneThatWasKilled() {
        addOfUnknownOutcome(READ, null, 0, 10);
        Operation error = add(READ, null, 0, 10, UNKNOWN);

        assertThat(theOnlyViolation().shows()).containsExactly(error);
    }

    @Test
    void letsPassWhatIsRight() {
        rightTraffic();
        add(WRITE, "1", 0, 50, DONE);
        add(WRITE, "2", 10, 40, DONE);
        add(READ, "2", 20, 30, DONE);
        add(READ, "1", 60, 70, DONE); // 1 came after 2, within their time
        add(WRITE, "3", 80, 200, DONE);
        add(READ, "1", 90, 100, DONE); // 3 came later
        add(READ, "3", 110, 120, DONE);
        add(RENAME, null, 210, 230, DONE, 0);
        add(READ, "3", 215, 225, DONE, 0);
        add(READ, null, 216, 226, OVER, 0);
        add(WRITE, "4", 212, 300, DONE, 0);
        add(READ, "4", 310, 320, DONE, 1);
        add(END, null, 400, 450, DONE, 1);
        add(WRITE, "5", 410, 500, DONE, 1);
        add(READ, null, 420, 430, OVER, 1);
        add(READ, null, 600, 610, OVER, 1);

        assertThat(promise.violations(history)).isEmpty();
    }
}
