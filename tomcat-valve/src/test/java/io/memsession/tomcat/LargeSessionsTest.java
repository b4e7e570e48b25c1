package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Sessions that are larger than most. */
class LargeSessionsTest {
    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started("-I", "8m");

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started("-I", "8m");

    private AppServer server(String largest) {
        return Pages.on(AppServer.on(Map.of("maxRecordSize", largest, "operationTimeout", "2000"), n1, n2))
                .page(
                        "/fill",
                        (request, response) -> request.getSession()
                                .setAttribute("big", "ä".repeat(Integer.parseInt(request.getParameter("characters")))))
                .page(
                        "/length",
                        (request, response) -> response.getWriter()
                                .print(((String) request.getSession().getAttribute("big")).length()));
    }

    /** msm's buffer ended at 2,048,000 bytes. */
    @Test
    void msm240AnAttributeOfThreeMegabytesIsKept() {
        try (AppServer one = server("7000000");
                AppServer two = server("7000000")) {
            String cookie = one.get("/set?name=x&value=1", "").cookie();
            assertThat(one.get("/fill?characters=3000000", cookie).status()).isEqualTo(200);
            assertThat(two.get("/length", cookie).body()).isEqualTo("3000000");
        }
    }

    @Test
    void msmS6ASaveThatIsRefusedIsCountedAndLeavesTheLastGoodState() {
        try (AppServer one = server("2000")) {
            String cookie = one.get("/set?name=x&value=small", "").cookie();
            one.get("/fill?characters=3000", cookie);
            assertThat(one.manager().getSavesTooLarge()).isPositive();
            assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("small");
            assertThat(one.get("/get?name=big", cookie).body()).isEqualTo("null");
        }
    }
}
