package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** The shop's page and the demo's panel in a real browser. Makes the pictures that the README shows. */
@Tag("servers")
@ExtendWith(LogsOnFailure.class)
class PageIT {
    private static final int WIDE = 1100;
    private static final int HIGH = 860;
    private static final String DEEDS = ".mark:not(.look)[data-server]";

    private static Chromium chromium;

    private PlayedDemo demo;

    @BeforeAll
    static void startTheBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void endAll() {
        PlayedDemo.stopAll();
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void leaveTheFrame() {
        chromium.backToPage();
    }

    private OpenPage visit(Host host) {
        demo = PlayedDemo.whole(host);
        chromium.fresh(WIDE, HIGH);
        return OpenPage.of(chromium, demo);
    }

    @OnOneHost
    void aNodeThatIsKilledInThePanelTakesNothingWithItAndIsFilledAgain(Host host) {
        OpenPage page = visit(host).awaitLive();
        page.add(1);
        page.burst();
        page.order(Order.KILL, "n1");
        page.awaitState("n1", "down");
        page.awaitInPanel("n1", Condition.DOWN);
        page.add(2);
        chromium.awaitText("[data-node=n2] .keeps", "keeps version");
        assertThat(chromium.text("#story")).contains("n1 is down");
        chromium.screenshot("node-down");

        page.order(Order.RESTART, "n1");
        page.awaitState("n1", "complete");
        page.add(3);
        page.awaitTheSameVersionOnBothNodes();
        assertThat(chromium.text("#story")).contains("n1 is up and complete");
    }

    @Tag("long")
    @OnOneHost
    void aNodeThatHangsIsLeftOutUntilItIsResumed(Host host) {
        OpenPage page = visit(host).awaitLive();
        page.add(1);
        page.order(Order.HANG, "n2");
        page.awaitState("n2", "down");
        page.add(2);
        page.order(Order.RESUME, "n2");
        page.awaitState("n2", "complete");
        page.awaitTheSameVersionOnBothNodes();
        page.add(3);
    }

    @Tag("long")
    @OnOneHost
    void anAppServerThatIsKilledInThePanelIsSteppedAround(Host host) {
        OpenPage page = visit(host).awaitLive();
        page.add(1);
        String victim = demo.servers().get(0);
        page.order(Order.KILL, victim);
        page.awaitInPanel(victim, Condition.DOWN);
        page.add(2);
        page.add(3);
        page.order(Order.RESTART, victim);
        page.awaitInPanel(victim, Condition.UP);
        page.add(4);
    }

    @OnOneHost
    void theShopWorksWithoutJavaScript(Host host) {
        visit(host);
        chromium.scripts(false);
        chromium.open(demo.url() + "/");
        assertThat(chromium.element("#live").isDisplayed()).isFalse();
        chromium.element("[aria-label^='Add: Darjeeling']").click();
        chromium.awaitText("#cart", "1 × Darjeeling");
        chromium.element("[aria-label^='Add: Darjeeling']").click();
        chromium.awaitText("#cart", "2 × Darjeeling");
        chromium.awaitText(".still", "n1", "n2", "version");
        assertThat(chromium.text(".history")).contains(demo.servers());
        chromium.element("[aria-label^='Remove: Darjeeling']").click();
        chromium.awaitText("#cart", "The cart is empty.");
    }

    @OnOneHost
    void everyRequestIsAMarkInTheLaneOfWhoAnswered(Host host) {
        OpenPage page = visit(host).awaitLive();
        assertThat(chromium.count(DEEDS)).isEqualTo(1); // the page itself
        page.add(1);
        page.add(2);
        chromium.element("[aria-label^='Add: Teapot']").click();
        chromium.awaitText("#cart", "1 × Teapot");
        assertThat(chromium.count(DEEDS)).isEqualTo(4);
        assertThat(chromium.count(DEEDS + ".failed")).isZero();
        for (String server : demo.servers()) {
            chromium.awaitText(".lanes", server);
            assertThat(chromium.element("#timeline").getAttribute("aria-label")).contains(server);
        }
        assertThat(chromium.complaints()).isEmpty(); // of what the content security policy forbids, say
    }

    @OnOneHost
    void aBurstOfRequestsOverBothServersLosesNothing(Host host) {
        OpenPage page = visit(host).awaitLive();
        page.burst();
        assertThat(chromium.text("#said")).contains(demo.servers());
        chromium.element("#change").click();
        chromium.awaitText("#said", "without setAttribute", "reads: changed at");
    }

    /** Of two app servers in turn only the one at work on it tells how far it is. */
    @OnOneHost
    void aRepairIsShownWithItsProgressWhicheverServerIsAskedNext(Host host) {
        visit(host);
        chromium.awaitThere("[data-node=n1]");
        chromium.asyncScript("""
                const done = arguments[0];
                import(new URL('assets/nodes.js', location).href).then(({ Nodes }) => {
                  const list = document.createElement('ul');
                  list.id = 'told';
                  document.body.append(list);
                  const nodes = new Nodes(list, document.getElementById('story'));
                  const told = { known: true, found: false, primary: '', homes: [] };
                  const repairing = { node: 'n1', state: 'repairing', compared: 1200, all: 30000 };
                  nodes.show({ ...told, nodes: [repairing] });
                  nodes.show({ ...told, nodes: [{ node: 'n1', state: 'incomplete' }] });
                  done();
                });
                """);
        assertThat(chromium.text("#told .repairing")).contains("being repaired", "1200 of 30000 records compared");
        assertThat(chromium.element("#told progress").getAttribute("value")).isEqualTo("1200");
    }

    @OnOneHost
    void whoLogsOutIsLoggedOutEverywhere(Host host) {
        OpenPage page = visit(host).awaitLive();
        page.add(1);
        chromium.awaitText("[data-node=n1] .keeps", "keeps version");
        chromium.element("#logout").click();
        chromium.awaitText("#said", "over on " + String.join(" and ", demo.servers()));
        chromium.awaitText("#cart", "The cart is empty.");
        chromium.awaitText("[data-node=n1] .keeps", "keeps nothing of this session");
        page.add(1); // begins another session
    }

    @OnOneHost
    void allOfItIsDoneByKeyboard(Host host) {
        OpenPage page = visit(host).awaitLive();
        page.tabTo("Add to cart");
        chromium.press(Keys.ENTER);
        chromium.awaitText("#cart", "1 × Darjeeling");
        chromium.press(Keys.SPACE);
        chromium.awaitText("#cart", "2 × Darjeeling"); // the focus stayed where it was
        page.tabTo("Burst of 50");
        page.tabTo("Log out everywhere");
        page.tabTo("Kill, hang, resume and restart the servers of this demo");
        chromium.intoPanel();
        page.tabTo("hang n1");
        chromium.backToPage();
        page.tabTo("Add: Darjeeling, first flush, 100 g");
    }

    @OnOneHost
    void itFitsAPhoneInTheDark(Host host) {
        OpenPage page = visit(host);
        chromium.size(360, 780);
        chromium.dark(true);
        page.awaitLive();
        page.burst();
        assertThat(page.width()).isLessThanOrEqualTo(360);
        chromium.intoPanel();
        chromium.awaitThere("[data-process=n1]");
        assertThat(page.width()).isLessThanOrEqualTo(360);
        chromium.backToPage();
        assertThat(chromium.script("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(18, 21, 28)");
        chromium.screenshot("phone");
    }

    @OnOneHost
    void aLookAtTheNodesKeepsNoSessionAliveAndTellsNoId(Host host) {
        demo = PlayedDemo.whole(host);
        Browser user = new Browser(host);
        assertThat(user.post(demo.url(), "/api/cart?sku=tea&quantity=1").status())
                .isEqualTo(200);
        assertThat(user.post(demo.url(), "/api/timeout?seconds=1").status()).isEqualTo(200);
        String id = user.plainIds().iterator().next();
        Answer look = user.get(demo.url(), "/api/live");
        assertThat(look.json().path("found").asBoolean()).isTrue();
        assertThat(look.body()).doesNotContain(id);
        assertThat(user.get(demo.url(), "/").body()).doesNotContain(id);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        !user.get(demo.url(), "/api/live").json().path("found").asBoolean());
    }

    @OnOneHost
    void aLookWithAnIdThatIsNoneFindsNothing(Host host) {
        demo = PlayedDemo.whole(host);
        for (String id : new String[] {"../../etc/passwd", "a:b:c-n1", "${jndi:ldap://x}", "-n1", "x".repeat(6000)}) {
            Browser user = new Browser(host);
            user.useSession(id);
            Answer look = user.get(demo.url(), "/api/live");
            assertThat(look.status()).as(id).isEqualTo(200);
            assertThat(look.json().path("found").asBoolean()).as(id).isFalse();
            assertThat(look.json().path("nodes").size()).as(id).isEqualTo(2);
        }
    }

    @OnOneHost
    void thePanelObeysItsOwnPageAlone(Host host) throws IOException, InterruptedException {
        demo = PlayedDemo.whole(host);
        String kill = demo.panel() + "/orders/kill/n1";
        assertThat(post(kill)).isEqualTo(403);
        assertThat(post(kill, "Origin", demo.panel())).isEqualTo(403);
        assertThat(post(kill, "Origin", demo.url(), PanelGuard.HEADER, demo.token()))
                .isEqualTo(403);
        assertThat(demo.process("n1").isRunning()).isTrue();
        assertThat(post(demo.panel() + "/orders/burn/n1", "Origin", demo.panel(), PanelGuard.HEADER, demo.token()))
                .isEqualTo(404);
        assertThat(post(demo.panel() + "/orders/kill/nginx", "Origin", demo.panel(), PanelGuard.HEADER, demo.token()))
                .isEqualTo(404);
    }

    private static int post(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }
}
