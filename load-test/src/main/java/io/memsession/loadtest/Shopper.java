package io.memsession.loadtest;

import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One user: decides what to do next, and judges what is answered. Has one session after the other, each begun by
 * putting something into the cart. For one thread at a time.
 */
final class Shopper {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> ARTICLES = List.of("tea", "pot", "cup", "tin", "whisk", "honey");
    private static final int MOST_OF_AN_ARTICLE = 99;
    private static final int OK = 200;

    private final String name;
    private final RandomGenerator random;
    private final Deaths deaths;
    private final Stalls stalls;
    private final Findings findings;
    private final Timeline timeline;
    private Expectation expected = new Expectation();
    private Step step = new Step(Step.Kind.BROWSE);
    private long began;
    private int written;
    private boolean underWay;
    private boolean hasSession;
    private boolean mustLook;
    private boolean leaves;

    Shopper(String name, RandomGenerator random, Deaths deaths, Stalls stalls, Findings findings, Timeline timeline) {
        this.name = name;
        this.random = random;
        this.deaths = deaths;
        this.stalls = stalls;
        this.findings = findings;
        this.timeline = timeline;
    }

    /** What it does now. */
    Step next(long now) {
        step = choose();
        began = now;
        underWay = true;
        leaves = false;
        return step;
    }

    private Step choose() {
        if (step.kind() == Step.Kind.LOG_OUT && hasSession) {
            return new Step(Step.Kind.COME_BACK);
        }
        if (!hasSession) {
            return add();
        }
        if (mustLook) { // before anything else: whether the write without an answer is there
            return new Step(Step.Kind.LOOK);
        }
        int dice = random.nextInt(100);
        if (dice < 45) {
            return new Step(Step.Kind.BROWSE);
        } else if (dice < 60) {
            return new Step(Step.Kind.LOOK);
        } else if (dice < 82) {
            return add();
        } else if (dice < 94) {
            return new Step(Step.Kind.CHANGE, "", name + "." + ++written);
        }
        return dice < 97 ? new Step(Step.Kind.LOG_IN, "", name + "." + ++written) : new Step(Step.Kind.LOG_OUT);
    }

    /** Never a quantity that was there a short time ago: an older cart is then seen to be one. */
    private Step add() {
        String sku = ARTICLES.get(random.nextInt(ARTICLES.size()));
        int quantity = expected.quantity(sku) % MOST_OF_AN_ARTICLE + 1;
        return new Step(Step.Kind.ADD, sku, String.valueOf(quantity));
    }

    /** Judges an answer; whether it is as it must be. */
    boolean answered(int status, String body, long now) {
        underWay = false;
        if (status != OK) {
            return unanswered("HTTP " + status, now);
        }
        JsonNode answer;
        try {
            answer = JSON.readTree(body);
        } catch (JacksonException e) {
            return unanswered("not JSON", now);
        }
        List<Wrong> wrong = expected.judge(step, answer);
        boolean carriedOutTwice = isLost(wrong) && canBeGivenUp() && deaths.during(began, now);
        if (!carriedOutTwice) {
            wrong.forEach(each -> findings.add(name, step, each, now));
        }
        hasSession = true;
        mustLook = false;
        leaves = isLost(wrong) || step.kind() == Step.Kind.COME_BACK;
        return over(wrong.isEmpty() ? Outcome.RIGHT : carriedOutTwice ? Outcome.CUT_OFF : Outcome.WRONG, now);
    }

    private static boolean isLost(List<Wrong> wrong) {
        return wrong.stream().anyMatch(each -> each.kind() == Wrong.Kind.SESSION_LOST);
    }

    /** If nobody answered, that too is judged. */
    void settle(long now) {
        if (underWay) {
            underWay = false;
            unanswered("no answer", now);
        }
    }

    private boolean unanswered(String how, long now) {
        Outcome outcome = deaths.during(began, now)
                ? Outcome.CUT_OFF
                : stalls.during(began, now) ? Outcome.STALLED : Outcome.FAILED;
        if (outcome == Outcome.FAILED) {
            findings.add(name, step, new Wrong(Wrong.Kind.FAILED, how), now);
        }
        expected.mayHaveDone(step);
        mustLook = step.isPost();
        leaves = !hasSession || canBeGivenUp();
        return over(outcome, now);
    }

    /** Whether a first attempt of which nobody heard may have left the session under an id that nobody was told. */
    private boolean canBeGivenUp() {
        return switch (step.kind()) {
            case LOG_IN, LOG_OUT, COME_BACK -> true;
            case BROWSE, LOOK, ADD, CHANGE -> false;
        };
    }

    private boolean over(Outcome outcome, long now) {
        if (leaves) {
            expected = new Expectation();
            hasSession = false;
            mustLook = false;
        }
        timeline.add(outcome, began, now);
        return outcome == Outcome.RIGHT;
    }

    /** Whether it is done with its session: the cookies are to be thrown away. */
    boolean leaves() {
        return leaves;
    }
}
