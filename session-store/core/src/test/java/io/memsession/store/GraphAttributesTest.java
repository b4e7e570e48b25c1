package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.kryo.KryoAttributeCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sessions that are one graph each, at servers that read what another one kept. */
class GraphAttributesTest {
    private final AttributeCodec codec =
            new SessionGraphCodec(new KryoAttributeCodec(GraphAttributesTest.class.getClassLoader()));
    private final SortedMap<String, Stamped<Slice>> kept = new TreeMap<>();

    private Attributes read() {
        return Attributes.of(codec, new TreeMap<>(kept));
    }

    private Attributes.Changes keep(Attributes attributes) {
        Attributes.Changes changes = attributes.changes();
        changes.changed().forEach((name, bytes) -> keep(name, bytes));
        attributes.saved(changes);
        return changes;
    }

    private void keep(String name, Optional<Slice> bytes) {
        kept.put(name, new Stamped<>(new Stamp(1, 1), bytes.orElse(null)));
    }

    private Attributes withSharedList() {
        Attributes attributes = read();
        List<String> shared = new ArrayList<>(List.of("x"));
        attributes.set("a", shared);
        attributes.set("b", shared);
        keep(attributes);
        return attributes;
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatTwoAttributesHoldIsOneObjectAgain() throws Exception {
        withSharedList();
        Attributes elsewhere = read();

        assertThat(elsewhere.get("a")).isSameAs(elsewhere.get("b")).isEqualTo(List.of("x"));
        assertThat(keep(elsewhere).changed()).as("merely read").isEmpty();
        ((List<String>) elsewhere.get("a")).add("y");
        keep(elsewhere);
        assertThat(read().get("b")).isEqualTo(List.of("x", "y"));
        assertThat(read().names()).containsExactly("a", "b");
    }

    @Test
    void anAttributeIsRemovedFromTheGraph() throws Exception {
        Attributes attributes = withSharedList();
        attributes.set("a", null);
        attributes.set("unknown", null);
        keep(attributes);

        assertThat(read().names()).containsExactly("b");
        assertThat(read().get("a")).isNull();
        Attributes untouched = read();
        untouched.set("unknown", null);
        assertThat(untouched.changes().changed()).isEmpty();
    }

    @Test
    void attributesFromBeforeJoinTheGraphWhenTheyAreSet() throws Exception {
        keep("old", Optional.of(Slice.of(codec.encode("value"))));
        Attributes attributes = read();
        assertThat(attributes.names()).containsExactly("old");
        assertThat(attributes.get("old")).isEqualTo("value");

        attributes.set("old", "changed");
        assertThat(keep(attributes).changed()).containsOnlyKeys("old", Reserved.GRAPH);
        assertThat(read().get("old")).isEqualTo("changed");
    }

    @Test
    void whatCannotBeWrittenIsNamedAndTheOthersAreKept() throws Exception {
        Attributes attributes = withSharedList();
        attributes.set("bad", new Object());

        assertThat(keep(attributes).unsaved()).singleElement().satisfies(each -> {
            assertThat(each.name()).isEqualTo("bad");
            assertThat(each.why()).hasMessageContaining("java.lang.Object is not Serializable");
        });
        assertThat(read().names()).containsExactly("a", "b");
    }

    @Test
    void aGraphThatCannotBeReadIsLeftAlone() throws Exception {
        for (Slice bytes : Arrays.asList(
                Slice.of(new byte[] {'K', 99}),
                Slice.of(codec.encode(List.of("no map"))),
                Slice.of(codec.encode(new TreeMap<>(java.util.Map.of(1, "no name")))))) {
            kept.clear();
            keep(Reserved.GRAPH, Optional.of(bytes));
            Attributes attributes = read();
            assertThatThrownBy(() -> attributes.get("a")).isInstanceOf(AttributeCodecException.class);
            assertThat(attributes.get("b")).as("told once").isNull();
            assertThat(attributes.names()).isEmpty();

            attributes.set("c", "here");
            assertThat(keep(attributes).changed()).containsOnlyKeys("c");
            assertThat(read().get("c")).isEqualTo("here");
        }
    }
}
