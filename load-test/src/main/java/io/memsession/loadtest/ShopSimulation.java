package io.memsession.loadtest;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.doIfOrElse;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.Cookie;
import static io.gatling.javaapi.http.HttpDsl.CookieKey;
import static io.gatling.javaapi.http.HttpDsl.addCookie;
import static io.gatling.javaapi.http.HttpDsl.flushCookieJar;
import static io.gatling.javaapi.http.HttpDsl.getCookieValue;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpRequestActionBuilder;

/** The load as Gatling runs it: every virtual user is a {@link Shopper}, who says what to ask and judges the answer. */
public final class ShopSimulation extends Simulation {
    private static final String SHOPPER = "shopper";
    private static final String STEP = "step";
    private static final String STATUS = "status";
    private static final String OLD_COOKIE = "oldCookie";

    private final Load load = Load.underWay();

    /** Made by Gatling, which takes no arguments: what it is to do is the load under way. */
    public ShopSimulation() {
        ScenarioBuilder shopping = scenario("shopping")
                .exec(session -> session.set(SHOPPER, load.shopper(session.userId())))
                .exec(asLongAs(session -> !load.isOver(), "shopping").on(once(load.cookie())));
        setUp(shopping.injectOpen(
                        rampUsers(load.demand().users()).during(load.demand().ramp())))
                .protocols(http.baseUrl(load.url())
                        .shareConnections()
                        .disableCaching()
                        .disableWarmUp()
                        .disableFollowRedirect());
    }

    @Override
    public void before() {
        load.begin();
    }

    /** One request and a pause to think. */
    private static ChainBuilder once(String cookie) {
        return exec(session -> session.set(STEP, shopper(session).next(System.nanoTime())))
                .exec(doIf(session -> step(session).kind() == Step.Kind.LOG_OUT)
                        .then(exec(getCookieValue(CookieKey(cookie).saveAs(OLD_COOKIE)))))
                .exec(doIf(session -> step(session).kind() == Step.Kind.COME_BACK)
                        .then(exec(addCookie(Cookie(cookie, "#{" + OLD_COOKIE + "}")))))
                .exec(doIfOrElse(session -> step(session).isPost())
                        .then(exec(request("POST")))
                        .orElse(exec(request("GET"))))
                .exec(session -> {
                    shopper(session).settle(System.nanoTime());
                    return session.markAsSucceeded();
                })
                .exec(doIf(session -> shopper(session).leaves()).then(exec(flushCookieJar())))
                .pause(Load.SHORTEST_PAUSE, Load.LONGEST_PAUSE);
    }

    private static HttpRequestActionBuilder request(String method) {
        return http(session -> step(session).kind().toString())
                .httpRequest(method, session -> step(session).path())
                .check(status().saveAs(STATUS), judged());
    }

    private static CheckBuilder judged() {
        return bodyString().validate("what the user must see", (body, session) -> {
            if (!shopper(session).answered(session.getInt(STATUS), body, System.nanoTime())) {
                throw new IllegalArgumentException("not what the user must see");
            }
            return body;
        });
    }

    private static Shopper shopper(Session session) {
        return session.<Shopper>get(SHOPPER);
    }

    private static Step step(Session session) {
        return session.<Step>get(STEP);
    }
}
