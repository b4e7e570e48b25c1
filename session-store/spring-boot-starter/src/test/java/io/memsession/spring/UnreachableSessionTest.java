package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What visitors get while no node answers, where the application would rather have new sessions than errors. */
class UnreachableSessionTest {
    @Test
    void aRequestGoesOnWithANewSessionThatIsNotKept() {
        try (MemcachedServer n1 = MemcachedServer.started();
                MemcachedServer n2 = MemcachedServer.started();
                Shop shop = Shop.start(
                        n1.address("n1") + "," + n2.address("n2"), "memsession.when-unavailable=new-session")) {
            Visitor visitor = new Visitor();
            visitor.get(shop, "/write?cart=tea");
            n1.freeze();
            n2.freeze();

            assertThat(visitor.get(shop, "/read").statusCode()).isEqualTo(200);
            Visitor other = new Visitor();
            HttpResponse<String> answer = other.get(shop, "/write?cart=cocoa");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Visitor.cookies(answer)).isNotEmpty();

            n1.thaw();
            n2.thaw();
            await().until(() -> visitor.body(shop, "/read").equals("tea"));
        }
    }
}
