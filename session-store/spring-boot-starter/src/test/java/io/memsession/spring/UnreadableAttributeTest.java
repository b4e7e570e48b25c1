package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An app server that does not know, or does not want, a class that another one has in its sessions. */
@ExtendWith(OutputCaptureExtension.class)
class UnreadableAttributeTest {
    private final Visitor visitor = new Visitor();

    private void visit(Shop shop, PageShop.Page page) {
        PageShop.answers(page);
        assertThat(visitor.get(shop, "/first").statusCode()).isEqualTo(200);
    }

    @Test
    void anAttributeThatCannotBeReadHereIsNullAndKept(CapturedOutput output) {
        List<Object> seen = new ArrayList<>();
        try (MemcachedServer n1 = MemcachedServer.started();
                MemcachedServer n2 = MemcachedServer.started()) {
            String nodes = n1.address("n1") + "," + n2.address("n2");
            String filter = "memsession.class-filter=!" + PackagingTest.Parcel.class.getName();
            try (Shop knows = Shop.start(nodes, PageShop.class, Shop.withoutSecurity());
                    Shop doesNot = Shop.start(nodes, PageShop.class, Shop.withoutSecurity(filter))) {
                visit(knows, (request, response) -> request.getSession().setAttribute("a", new PackagingTest.Parcel()));
                for (int i = 0; i < 2; i++) {
                    visit(doesNot, (request, response) -> {
                        seen.add(String.valueOf(request.getSession().getAttribute("a")));
                        request.getSession().setAttribute("b", seen.size());
                    });
                }
                visit(knows, (request, response) -> {
                    seen.add(request.getSession().getAttribute("a").getClass());
                    seen.add(request.getSession().getAttribute("b"));
                });
            }
        }
        assertThat(seen).containsExactly("null", "null", PackagingTest.Parcel.class, 2);
        assertThat(output).containsOnlyOnce("PackagingTest$Parcel");
    }
}
