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

    @ParameterizedTest
    @ValueSource(strings = {"n1:a:0", "n1:a:65536", "n1:a:99999"})
    void refusesImpossiblePorts(String text) {
        assertThatThrownBy(() -> NodeAddress.parseList("memcachedNodes", text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("between 1 and 65535");
    }
}
