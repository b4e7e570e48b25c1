package io.memsession.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Judges a shop that runs here as a few fields, into which what a user must not see is planted. */
class ShopperTest {
    private final List<String> told = new ArrayList<>();
    private final Timeline timeline = new Timeline();
    private final Findings findings = new Findings(timeline, told::add);
    private final Stalls stalls = new Stalls(Duration.ofMillis(250));
    private boolean serverDies;
    private final Shopper shopper =
            new Shopper("u1", new SplittableRandom(7), (began, ended) -> serverDies, stalls, findings, timeline);

    private Map<String, Integer> cart = new LinkedHashMap<>();
    private String note = "";
    private String user = "";
    private String id = "";
    private boolean over;
    private int ids;
    private long now;

    /** The shop as it should be. */
    private String shop(Step step) {
        boolean found = !id.isEmpty() && !over;
        if (!found && step.kind() != Step.Kind.COME_BACK) {
            cart.clear();
            note = "";
            user = "";
            id = "id" + ++ids + "-n1";
            over = false;
        }
        switch (step.kind()) {
            case ADD -> cart.put(step.what(), Integer.valueOf(step.value()));
            case CHANGE -> note = step.value();
            case LOG_IN -> {
                user = step.value();
                id = "id" + ++ids + "-n1";
            }
            case LOG_OUT -> over = true;
            case BROWSE, LOOK, COME_BACK -> {}
        }
        return answer(found);
    }

    private String answer(boolean found) {
        String lines = cart.entrySet().stream()
                .map(line -> "{\"sku\":\"" + line.getKey() + "\",\"quantity\":" + line.getValue() + "}")
                .collect(Collectors.joining(","));
        return "{\"found\":" + found + ",\"id\":\"" + id + "\",\"user\":" + quoted(user) + ",\"value\":" + quoted(note)
                + ",\"lines\":[" + lines + "]}";
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "null" : "\"" + text + "\"";
    }

    private Step next() {
        return shopper.next(now += TimeUnit.SECONDS.toNanos(1));
    }

    private boolean answered(int status, String body) {
        return shopper.answered(status, body, now += TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** Shops until a step of that kind is next, which is not yet answered. */
    private Step shopUntil(Step.Kind kind) {
        for (int i = 0; i < 10_000; i++) {
            Step step = next();
            if (step.kind() == kind) {
                return step;
            }
            answered(200, shop(step));
        }
        throw new AssertionError("nobody wants to " + kind);
    }

    private Step answerAndShopUntil(Step answered, Step.Kind kind) {
        answered(200, shop(answered));
        return shopUntil(kind);
    }

    private void assertFound(Wrong.Kind kind) {
        assertThat(findings.counts()).as(told::toString).containsExactly(Map.entry(kind, 1));
    }

    @Test
    void findsNothingInARightShop() {
        for (int i = 0; i < 3_000; i++) {
            assertThat(answered(200, shop(next()))).isTrue();
        }
        assertThat(findings.count()).as(told::toString).isZero();
        assertThat(ids).as("sessions and logins").isGreaterThan(100);
    }

    @Test
    void doesAllThatUsersDo() {
        for (Step.Kind kind : Step.Kind.values()) {
            assertThat(answerAndShopUntil(next(), kind).kind()).isEqualTo(kind);
        }
    }

    @Test
    void findsASessionThatIsNotFound() {
        Step browse = answerAndShopUntil(shopUntil(Step.Kind.CHANGE), Step.Kind.BROWSE);
        id = "";
        answered(200, shop(browse));

        assertFound(Wrong.Kind.SESSION_LOST);
        assertThat(shopper.leaves()).isTrue();
    }

    @Test
    void findsAnotherSessionInPlaceOfTheCart() {
        Step look = shopUntil(Step.Kind.LOOK);
        id = "";
        answered(200, shop(look));

        assertFound(Wrong.Kind.SESSION_LOST);
    }

    @Test
    void findsASessionThatWasOverBeforeItsLogout() {
        Step logout = shopUntil(Step.Kind.LOG_OUT);
        over = true;
        answered(200, answer(false));

        assertThat(logout.kind()).isEqualTo(Step.Kind.LOG_OUT);
        assertFound(Wrong.Kind.SESSION_LOST);
    }

    @Test
    void findsAnOlderCart() {
        Step look = shopUntil(Step.Kind.LOOK);
        while (!cart.containsValue(2)) {
            look = answerAndShopUntil(look, Step.Kind.LOOK);
        }
        String sku = cart.keySet().stream()
                .filter(each -> cart.get(each) == 2)
                .findFirst()
                .orElseThrow();
        cart.put(sku, 1);
        answered(200, shop(look));

        assertFound(Wrong.Kind.OLDER);
    }

    @Test
    void findsALostLineOfTheCart() {
        Step look = shopUntil(Step.Kind.LOOK);
        cart = new LinkedHashMap<>(cart);
        cart.remove(cart.keySet().iterator().next());
        answered(200, shop(look));

        assertFound(Wrong.Kind.WRITE_LOST);
    }

    @Test
    void findsALostLogin() {
        Step look = answerAndShopUntil(shopUntil(Step.Kind.LOG_IN), Step.Kind.LOOK);
        user = "";
        answered(200, shop(look));

        assertFound(Wrong.Kind.WRITE_LOST);
    }

    @Test
    void findsTheNoteOfSomebodyElse() {
        Step browse = shopUntil(Step.Kind.BROWSE);
        note = "u2.1";
        answered(200, shop(browse));

        assertFound(Wrong.Kind.FOREIGN);
    }

    @Test
    void findsALoggedOutSessionThatIsBack() {
        Step back = shopUntil(Step.Kind.COME_BACK);
        over = false;
        answered(200, shop(back));

        assertFound(Wrong.Kind.REVIVED);
    }

    @Test
    void findsAnErrorWhileNobodyDied() {
        next();
        answered(503, "");

        assertFound(Wrong.Kind.FAILED);
    }

    @Test
    void excusesAnErrorWhileTheMachineStoodStill() {
        next();
        stalls.add(now - TimeUnit.MILLISECONDS.toNanos(500), now);
        answered(503, "");

        assertThat(findings.count()).as(told::toString).isZero();
        assertThat(timeline.between(0, 10).count(Outcome.STALLED)).isOne();
    }

    @Test
    void findsThatNobodyAnswered() {
        next();
        shopper.settle(now);

        assertFound(Wrong.Kind.FAILED);
    }

    @Test
    void findsAnAnswerThatIsNoJson() {
        next();
        answered(200, "<html>");

        assertFound(Wrong.Kind.FAILED);
    }

    @Test
    void countsARequestOnce() {
        answered(200, shop(next()));
        shopper.settle(now);

        assertThat(timeline.between(0, 10).latencies().total()).isOne();
    }

    @Test
    void takesAWriteThatWasCutOffByAKillAsDone() {
        takesAWriteThatWasCutOff(true);
    }

    @Test
    void takesAWriteThatWasCutOffByAKillAsNotDone() {
        takesAWriteThatWasCutOff(false);
    }

    private void takesAWriteThatWasCutOff(boolean done) {
        Step add = answerAndShopUntil(shopUntil(Step.Kind.ADD), Step.Kind.ADD);
        serverDies = true;
        if (done) {
            shop(add);
        }
        shopper.settle(now);
        serverDies = false;
        Step look = next();
        answered(200, shop(look));

        assertThat(look.kind()).isEqualTo(Step.Kind.LOOK);
        assertThat(findings.count()).as(told::toString).isZero();
    }

    @Test
    void beginsAnewAfterALoginThatAKillMayHaveCarriedOutTwice() {
        Step login = shopUntil(Step.Kind.LOG_IN);
        serverDies = true;
        id = "";
        answered(200, shop(login));

        assertThat(findings.count()).as(told::toString).isZero();
        assertThat(shopper.leaves()).isTrue();
        assertThat(next().kind()).isEqualTo(Step.Kind.ADD);
    }

    @Test
    void findsALostSessionAlsoWhileAServerDies() {
        Step look = shopUntil(Step.Kind.LOOK);
        serverDies = true;
        id = "";
        answered(200, shop(look));

        assertFound(Wrong.Kind.SESSION_LOST);
    }
}
