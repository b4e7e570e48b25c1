package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications ask a request about its session is answered by every server as by Tomcat's own sessions. */
class ServletApiTest {
    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    private AppServer server(boolean sticky, boolean cookies) {
        AppServer server =
                AppServer.on(Map.of("sticky", String.valueOf(sticky)), context -> without(cookies, context), n1, n2);
        return Pages.on(server).page("/ask", ServletApiTest::answer).page("/timeout", (request, response) -> {
            HttpSession session = request.getSession();
            if (request.getParameter("seconds") != null) {
                session.setMaxInactiveInterval(Integer.parseInt(request.getParameter("seconds")));
            }
            response.getWriter().print(session.getMaxInactiveInterval());
        });
    }

    private static void without(boolean cookies, Context context) {
        context.setCookies(cookies);
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        response.getWriter()
                .print("valid " + request.isRequestedSessionIdValid() + ", by cookie "
                        + request.isRequestedSessionIdFromCookie() + ", by URL " + request.isRequestedSessionIdFromURL()
                        + ", new " + (session == null ? "none" : session.isNew()) + ", link "
                        + response.encodeURL("/ask").replaceAll("=[0-9A-F]{32}-n[12]", "=id"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSessionThatCameByCookieIsSaidToAtTheOtherServer(boolean sticky) {
        try (AppServer one = server(sticky, true);
                AppServer two = server(sticky, true)) {
            String cookie = one.get("/set?name=x&value=1", "").cookie();
            assertThat(two.get("/ask", cookie).body())
                    .isEqualTo("valid true, by cookie true, by URL false, new false, link /ask");
            two.get("/invalidate", cookie);
            assertThat(one.get("/ask", cookie).body())
                    .startsWith("valid false, by cookie true, by URL false, new none");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void msm200WithoutCookiesTheIdComesInTheUrl(boolean sticky) {
        try (AppServer one = server(sticky, false);
                AppServer two = server(sticky, false)) {
            AppServer.Answer made = one.get("/set?name=x&value=1", "");
            assertThat(made.cookie()).isEmpty();
            String id = ";jsessionid=" + made.body();
            assertThat(two.get("/get" + id + "?name=x", "").body()).isEqualTo("1");
            assertThat(two.get("/ask" + id, "").body())
                    .isEqualTo("valid true, by cookie false, by URL true, new false, link /ask;jsessionid=id");
            assertThat(one.get("/get?name=x", made.body()).body())
                    .as("by cookie")
                    .isEqualTo("no session");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSessionAfterTheEndInOneRequestIsANewOne(boolean sticky) {
        try (AppServer one = server(sticky, true);
                AppServer two = server(sticky, true)) {
            two.page("/again", (request, response) -> {
                request.getSession().invalidate();
                HttpSession fresh = request.getSession();
                fresh.setAttribute("x", "new " + fresh.isNew());
            });
            String before = one.get("/set?name=x&value=1", "").cookie();
            String after = two.get("/again", before).cookie();
            assertThat(after).isNotEmpty().isNotEqualTo(before);
            assertThat(one.get("/get?name=x", after).body()).isEqualTo("new true");
            assertThat(two.get("/get?name=x", before).body()).isEqualTo("no session");
        }
    }

    /** Zero is for ever, as any negative number is, and the other server says so. */
    @ParameterizedTest
    @CsvSource({
        "false, 34560000, 34560000",
        "false, 2592001, 2592001",
        "false, 0, -1",
        "false, -1, -1",
        "true, 34560000, 34560000",
        "true, 0, -1"
    })
    void msm402ATimeoutThatIsAllThatChangedIsKeptHoweverLong(boolean sticky, int seconds, int elsewhere) {
        try (AppServer one = server(sticky, true);
                AppServer two = server(sticky, true)) {
            String cookie = one.get("/set?name=x&value=1", "").cookie();
            one.get("/timeout?seconds=" + seconds, cookie);
            assertThat(two.get("/timeout", cookie).body()).isEqualTo(String.valueOf(elsewhere));
            assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("1");
        }
    }
}
