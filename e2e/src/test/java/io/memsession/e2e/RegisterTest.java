package io.memsession.e2e;

import static io.memsession.e2e.Operation.Kind.READ;
import static io.memsession.e2e.Operation.Kind.WRITE;
import static io.memsession.e2e.Operation.Outcome.DONE;
import static io.memsession.e2e.Operation.Outcome.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegisterTest {
    @Test
    void agreesWithAllOrdersTriedOneByOne() {
        Random random = new Random(7);
        int bad = 0;
        for (int i = 0; i < 3_000; i++) {
            List<Operation> some = randomRegister(random);
            boolean right = someOrderExplains(some, new ArrayList<>(), null);
            assertThat(Register.isLinearizable(some)).as(some.toString()).isEqualTo(right);
            bad += right ? 0 : 1;
        }
        assertThat(bad).isBetween(300, 2_700);
    }

    private static List<Operation> randomRegister(Random random) {
        List<Operation> some = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long began = random.nextInt(20);
            boolean write = random.nextInt(5) < 2;
            String value = random.nextInt(4) == 0 ? null : String.valueOf(random.nextInt(3));
            Operation.Outcome outcome = write && random.nextInt(5) == 0 ? UNKNOWN : DONE;
            some.add(new Operation(
                    "c",
                    "",
                    "s",
                    0,
                    write ? WRITE : READ,
                    "a",
                    value,
                    began,
                    began + 1 + random.nextInt(8),
                    outcome,
                    ""));
        }
        return some;
    }

    private static boolean someOrderExplains(List<Operation> rest, List<Operation> order, @Nullable String value) {
        if (rest.stream().allMatch(each -> each.outcome() == UNKNOWN)) {
            return true;
        }
        for (Operation next : rest) {
            boolean mayBeNext =
                    rest.stream().noneMatch(other -> other.outcome() == DONE && other.ended() < next.began());
            if (mayBeNext && (next.is(WRITE) || Objects.equals(next.value(), value))) {
                List<Operation> fewer = new ArrayList<>(rest);
                fewer.remove(next);
                order.add(next);
                if (someOrderExplains(fewer, order, next.value())) {
                    return true;
                }
                order.remove(next);
            }
        }
        return false;
    }
}
