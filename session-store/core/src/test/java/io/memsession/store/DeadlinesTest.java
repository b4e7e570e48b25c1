package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final SimulatedTime time = new SimulatedTime();
    private final Deadlines deadlines = new Deadlines(Duration.ofMillis(250), time);

    @Test
    void failsWhatHasNoAnswerInTime() {
        CompletableFuture<String> answer = watched();
        time.pass(Duration.ofMillis(249));
        assertThat(answer).isNotDone();
        time.pass(Duration.ofMillis(1));
        assertThat(answer).isCompletedExceptionally();
    }

    @Test
    void leavesAnAnswerThatCameAlone() {
        CompletableFuture<String> answer = watched();
        answer.complete("in time");
        time.pass(Duration.ofSeconds(1));
        assertThat(answer).isCompletedWithValue("in time");
    }

    @Test
    void holdsOnToNoAnswerThatIsThere() {
        List<CompletableFuture<String>> answers = List.of(watched(), watched());
        answers.get(0).complete("in time");
        answers.get(1).complete("in time");
        deadlines.settle();
        assertThat(deadlines.watched()).isZero();
    }

    @Test
    void watchesOnWhatWasAskedLater() {
        watched().complete("in time");
        deadlines.settle();
        time.pass(Duration.ofMillis(100));
        CompletableFuture<String> hung = watched();
        time.pass(Duration.ofMillis(249));
        assertThat(hung).isNotDone();
        time.pass(Duration.ofMillis(1));
        assertThat(hung).isCompletedExceptionally();
    }

    @Test
    void servesManyThatFallDueOneAfterTheOther() {
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(watched());
            time.pass(Duration.ofMillis(10));
        }
        answers.get(3).complete("in time");
        time.pass(Duration.ofMillis(150));
        for (int i = 0; i < 10; i++) {
            assertThat(answers.get(i).isDone()).as("answer %d", i).isEqualTo(i == 0 || i == 3);
        }
        time.pass(Duration.ofMillis(90));
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void leavesAMomentToReadAnswersWhereTheTimerItselfIsLate() {
        AtomicReference<Runnable> late = new AtomicReference<>();
        Deadlines stalling = new Deadlines(Duration.ofMillis(250), new Scheduler() {
            @Override
            public long nanoTime() {
                return time.nanoTime();
            }

            @Override
            public void after(Duration delay, Runnable task) {
                if (!late.compareAndSet(null, task)) {
                    time.after(delay, task);
                }
            }
        });
        CompletableFuture<String> read = new CompletableFuture<>();
        CompletableFuture<String> never = new CompletableFuture<>();
        stalling.watch(read, () -> new NodeFailure(NodeFailure.Kind.TIMED_OUT, "late", null));
        stalling.watch(never, () -> new NodeFailure(NodeFailure.Kind.TIMED_OUT, "late", null));
        time.pass(Duration.ofMillis(600));
        late.get().run();
        assertThat(read).isNotDone();
        read.complete("was there");
        time.pass(Duration.ofMillis(30));
        assertThat(read).isCompletedWithValue("was there");
        assertThat(never).isCompletedExceptionally();
    }

    private CompletableFuture<String> watched() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        deadlines.watch(answer, () -> new NodeFailure(NodeFailure.Kind.TIMED_OUT, "late", null));
        return answer;
    }
}
