package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyListTest {
    @Test
    void hasWhatIsWantedOnce() {
        KeyList list = KeyList.of(List.of("c", "a", "not", "b", "a"), key -> !key.equals("not"));
        assertThat(list.keys()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(list.has("b")).isTrue();
        assertThat(list.has("not")).isFalse();
    }

    @Test
    void aUnionHasEachKeyOnce() {
        assertThat(KeyList.union(List.of(list("a", "c", "e"), list(), list("b", "c", "f", "g"), list("a", "g", "h")))
                        .keys())
                .containsExactlyInAnyOrder("a", "b", "c", "e", "f", "g", "h");
    }

    @Test
    void hasManyKeysAndNoOther() {
        List<String> many = IntStream.range(0, 20_000).mapToObj(i -> "key" + i).toList();
        KeyList list = KeyList.union(List.of(
                KeyList.of(many.subList(0, 12_000), key -> true),
                KeyList.of(many.subList(8_000, 20_000), key -> true)));
        assertThat(list.keys()).hasSize(20_000).containsAll(many);
        assertThat(many).allMatch(list::has);
        assertThat(many).noneMatch(key -> list.has(key + "x"));
    }

    @Test
    void keysOfOneHashAreTwo() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        KeyList list = list("Aa", "BB");
        assertThat(list.keys()).containsExactlyInAnyOrder("Aa", "BB");
        assertThat(list("Aa").has("BB")).isFalse();
    }

    @Test
    void aUnionOfNothingIsEmpty() {
        assertThat(KeyList.union(List.of()).keys()).isEmpty();
        assertThat(KeyList.union(List.of(list(), list())).keys()).isEmpty();
    }

    @Test
    void aKeyThatAnotherBeginsWithIsAnother() {
        KeyList list = KeyList.union(List.of(list("ab", "a"), list("abc", "b")));
        assertThat(list.keys()).containsExactlyInAnyOrder("a", "ab", "abc", "b");
        assertThat(List.of("a", "ab", "abc", "b")).allMatch(list::has);
        assertThat(List.of("", "abcd", "ac", "c", "A")).noneMatch(list::has);
    }

    private static KeyList list(String... keys) {
        return KeyList.of(List.of(keys), key -> true);
    }
}
