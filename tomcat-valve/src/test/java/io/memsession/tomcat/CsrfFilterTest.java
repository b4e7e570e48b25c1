package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.Context;
import org.apache.catalina.filters.CsrfPreventionFilter;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tomcat's filter against forged requests, which its own manager application has too, keeps what it gave out. */
class CsrfFilterTest {
    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    private static void addFilter(Context context) {
        FilterDef filter = new FilterDef();
        filter.setFilterName("csrf");
        filter.setFilterClass(CsrfPreventionFilter.class.getName());
        filter.addInitParameter("entryPoints", "/form");
        context.addFilterDef(filter);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("csrf");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
    }

    private AppServer server() {
        return AppServer.on(Map.of("classFilter", ""), CsrfFilterTest::addFilter, n1, n2)
                .page("/form", (request, response) -> response.getWriter().print(response.encodeURL("/sent")))
                .page("/sent", (request, response) -> response.getWriter().print("accepted"));
    }

    @Test
    void msm333ALinkOfOneServerIsAcceptedByTheOther() {
        try (AppServer one = server();
                AppServer two = server()) {
            AppServer.Answer form = one.get("/form", "");
            Matcher nonce = Pattern.compile("(/sent).*?(\\?.*)").matcher(form.body());
            assertThat(nonce.matches()).as(form.body()).isTrue();
            assertThat(two.get("/sent", form.cookie()).status()).isEqualTo(403);
            assertThat(two.get("/sent" + nonce.group(2), form.cookie()).body()).isEqualTo("accepted");
            assertThat(one.manager().getAttributesNotSaved()).isZero();
        }
    }
}
