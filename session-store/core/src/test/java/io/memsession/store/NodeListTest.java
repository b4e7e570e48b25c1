package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeListTest {

    @Test
    void readsWhatElastiCacheTells() throws ProtocolException {
        NodeList list =
                NodeList.parse("12\nshop.0001.cache.example|10.82.235.120|11211 shop.0002.cache.example||11212\n");

        assertThat(list.version()).isEqualTo(12);
        assertThat(list.nodes().stream().map(NodeAddress::hostAndPort))
                .containsExactlyInAnyOrder("shop.0001.cache.example:11211", "shop.0002.cache.example:11212");
    }

    @Test
    void takesTheAddressOfANodeWithoutAName() throws ProtocolException {
        assertThat(NodeList.parse("1\n|10.0.0.7|11211").nodes().get(0).hostAndPort())
                .isEqualTo("10.0.0.7:11211");
    }

    @Test
    void aNodeThatJoinsRenumbersNobody() throws ProtocolException {
        NodeList two = NodeList.parse("1\na||1 b||1");
        NodeList three = NodeList.parse("2\nb||1 c||1 a||1");

        assertThat(three.nodes()).containsAll(two.nodes());
        assertThat(three.nodes().stream().map(NodeAddress::id)).isSorted().allMatch(NodeList.ID.asMatchPredicate());
    }

    @Test
    void theSameNodesInALaterVersionHaveAnotherName() throws ProtocolException {
        assertThat(NodeList.parse("1\na||1").name())
                .isEqualTo(NodeList.parse("1 a||1").name())
                .isNotEqualTo(NodeList.parse("2\na||1").name());
    }

    @Test
    void isReadAsItWasWritten() throws ProtocolException {
        NodeList list = NodeList.parse("7\nb|10.0.0.2|11211 a|::1|11211 |::1|11211");

        assertThat(NodeList.parse(list.text())).isEqualTo(list);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "one a||1",
                "1 a",
                "1 a||",
                "1 a||0",
                "1 a||65536",
                "1 ||11211",
                "1 a||1 a||1",
                "-1 a||1",
                "9999999999999999999 a||1",
                "1 a|b|c|1",
                "1 a\u0000||1",
                "1 a/b||1",
                "<html>"
            })
    void refusesNonsense(String text) {
        assertThatThrownBy(() -> NodeList.parse(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesMoreNodesThanAnybodyHas() {
        StringBuilder text = new StringBuilder("1");
        for (int i = 1; i <= 101; i++) {
            text.append(" a||").append(i);
        }
        assertThatThrownBy(() -> NodeList.parse(text.toString())).isInstanceOf(ProtocolException.class);
    }
}
