package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {

    @Test
    void readsNodesInTheirOrder() {
        assertThat(NodeAddress.parseList("memcachedNodes", " n2:b.example:11212, n1:10.0.0.1:11211 n3:[::1]:1"))
                .containsExactly(
                        new NodeAddress("n2", "b.example", 11212),
                        new NodeAddress("n1", "10.0.0.1", 11211),
                        new NodeAddress("n3", "::1", 1));
    }

    @Test
    void writesAnAddressAsItIsRead() {
        assertThat(new NodeAddress("n3", "::1", 1)).hasToString("n3:[::1]:1");
        assertThat(new NodeAddress("n1", "h", 1)).hasToString("n1:h:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "n1", "n1:host", "n1:host:port", "n-1:host:11211", "n1:host:11211;n2:host:11212", "n1::1"})
    void namesTheSettingAndShowsARightValue(String text) {
        assertThatThrownBy(() -> NodeAddress.parseList("memcachedNodes", text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("memcachedNodes=\"" + text + "\"")
                .hasMessageContaining("n1:host1:11211,n2:host2:11211");
    }

    @Test
    void refusesANodeIdThatStandsThereTwice() {
        assertThatThrownBy(() -> NodeAddress.parseList("memcachedNodes", "n1:a:1,n1:b:1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"n1\" stands there twice");
    }

    @Test
    void refusesAServerThatStandsThereTwice() {
        assertThatThrownBy(() -> NodeAddress.parseList("memcachedNodes", "n1:a:1,n2:a:1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("a:1 stands there twice, and one server keeps one copy");
    }

    @Test
    void readsRedisServers() {
        assertThat(NodeAddress.parseList("nodes", "n1:redis://a:6379,n2:rediss://ada:s%3ae+%2Ccret@[::1]:6380/15"))
                .containsExactly(
                        new NodeAddress("n1", "a", 6379, RedisAccess.PLAIN),
                        new NodeAddress("n2", "::1", 6380, new RedisAccess(true, "ada", "s:e+,cret", 15)));
        assertThat(NodeAddress.parseList("nodes", "n1:redis://:secret@a:6379"))
                .containsExactly(new NodeAddress("n1", "a", 6379, new RedisAccess(false, "", "secret", 0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n1:redis://a",
                "n1:redis://secret@a:6379",
                "n1:redis://ada:secret/secret@a:6379",
                "n1:redis://ada:secret secret@a:6379",
                "n1:redis://ada:secret@a:6379/x",
                "n1:redis://ada:%secret@a:6379",
                "n1:redis-sentinel://ada:secret@a:6379",
                "n1:a:11211/1",
                "n1:redis://:secret@a:6379,n1:b:1",
                "n1:redis://:secret@a:6379,n2:redis://a:6379/1",
                "n1:redis://ada:secret@a:0",
                "discover:redis://:secret@a:6379",
                "redis://ada:secret@a:6379/x",
                "redis://:secret@a:6379,n2:redis://b:6379"
            })
    void refusesWhatIsNoRedisAndShowsNoPassword(String text) {
        assertThatThrownBy(() -> Membership.parse("memcachedNodes", text))
                .isInstanceOf(ConfigException.class)
                .hasNoCause()
                .hasMessageNotContaining("secret");
    }

    @Test
    void saysHowARedisIsWritten() {
        assertThatThrownBy(() -> Membership.parse("memcachedNodes", "n1:redis://ada:secret@a"))
                .hasMessageContaining("memcachedNodes=\"n1:redis://…@a\": an address there is not of the form")
                .hasMessageContaining("id:redis://[user:password@]host:port[/database]")
                .hasMessageContaining(
                        "a right value is memcachedNodes=\"n1:redis://host1:6379,n2:redis://host2:6379\"");
    }

    @Test
    void showsNoLogin() {
        Membership named = Membership.parse("nodes", "n1:redis://ada:secret@a:1/2,n2:rediss://:secret@b:3");
        assertThat(named).hasToString("n1:redis://a:1/2,n2:rediss://b:3");
        assertThat(named.nodes().get(0).redis()).hasToString("redis://…@/2");
        assertThat(Membership.parse("nodes", "redis://:secret@a:1")).hasToString("redis://a:1");
    }

    @Test
    void saysWhatIsMissingForARedis() {
        StoreConfig config = StoreConfig.of(Membership.parse("nodes", "n1:b:1,n2:redis://:secret@a:6379"), "app");
        assertThatThrownBy(() -> NodesByAddress.of(config, address -> null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("n2:redis://a:6379")
                .hasMessageContaining("tomcat/lib")
                .hasMessageContaining("io.memsession:memsession-redis");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1:a:0", "n1:a:65536", "n1:a:99999"})
    void refusesImpossiblePorts(String text) {
        assertThatThrownBy(() -> NodeAddress.parseList("memcachedNodes", text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("between 1 and 65535");
    }
}
