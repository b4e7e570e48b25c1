package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;
import org.openqa.selenium.Keys;

/** The shop's page as somebody has it before them, with the demo's panel in it. */
final class OpenPage {
    private static final int MOST_STOPS = 40;

    private final Chromium chromium;
    private final PlayedDemo demo;

    private OpenPage(Chromium chromium, PlayedDemo demo) {
        this.chromium = chromium;
        this.demo = demo;
    }

    /** The page as it opens. */
    static OpenPage of(Chromium chromium, PlayedDemo demo) {
        chromium.open(demo.url() + "/");
        return new OpenPage(chromium, demo);
    }

    /** Waits until every app server was asked, and told that both nodes are complete. */
    OpenPage awaitLive() {
        demo.servers().forEach(server -> chromium.awaitThere(".mark.look[data-server=" + server + "]"));
        awaitState("n1", "complete");
        awaitState("n2", "complete");
        return this;
    }

    /** Waits until the node is shown as that. */
    void awaitState(String node, String state) {
        chromium.awaitThere("[data-node=" + node + "][data-state=" + state + "]");
    }

    /** Adds one tea, of which there have to be so many then. */
    void add(int expected) {
        chromium.element("#add").click();
        chromium.awaitText("#cart", expected + " × Darjeeling");
    }

    void burst() {
        chromium.element("#burst").click();
        chromium.awaitText("#said", "50 of 50 changes are in the session");
    }

    /** Has something done in the panel. */
    void order(Order order, String process) {
        chromium.intoPanel();
        String button = "[data-process=" + process + "] [data-order=" + order.word() + "]";
        chromium.awaitThere(button + "[aria-disabled=false]");
        chromium.element(button).click();
        chromium.backToPage();
    }

    /** Waits until the panel shows the process as that. */
    void awaitInPanel(String process, Condition condition) {
        chromium.intoPanel();
        chromium.awaitThere("[data-process=" + process + "][data-condition=" + condition + "]");
        chromium.backToPage();
    }

    void awaitTheSameVersionOnBothNodes() {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            String version = version("n1");
            return version.startsWith("keeps version") && version.equals(version("n2"));
        });
    }

    /** What the node keeps, without whether it is the session's primary. */
    private String version(String node) {
        return chromium.text("[data-node=" + node + "] .keeps").replaceAll(" · \\w+$", "");
    }

    /** Presses the tabulator until what is called so has the focus. */
    void tabTo(String name) {
        boolean there = IntStream.range(0, MOST_STOPS).anyMatch(i -> {
            if (name.equals(chromium.focused())) {
                return true;
            }
            chromium.press(Keys.TAB);
            return false;
        });
        assertThat(there)
                .as("%s is reached by the tabulator, last %s", name, chromium.focused())
                .isTrue();
    }

    /** How wide all of it is, in CSS pixels; of the panel, while the browser is in it. */
    long width() {
        return (Long) chromium.script("return document.documentElement.scrollWidth");
    }
}
