package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyListTest {
    @Test
    void hasWhatIsWantedOnceAndInOrder() {
        KeyList list = KeyList.of(List.of("c", "a", "not", "b", "a"), key -> !key.equals("not"));
        assertThat(list.keys()).containsExactly("a", "b", "c");
        assertThat(list.has("b")).isTrue();
        assertThat(list.has("not")).isFalse();
    }

    @Test
    void aUnionHasEachKeyOnceAndInOrder() {
        assertThat(KeyList.union(List.of(list("a", "c", "e"), list(), list("b", "c", "f", "g"), list("a", "g", "h")))
                        .keys())
                .containsExactly("a", "b", "c", "e", "f", "g", "h");
    }

    @Test
    void aUnionOfNothingIsEmpty() {
        assertThat(KeyList.union(List.of()).keys()).isEmpty();
        assertThat(KeyList.union(List.of(list(), list())).keys()).isEmpty();
    }

    @Test
    void aKeyThatAnotherBeginsWithIsAnother() {
        KeyList list = KeyList.union(List.of(list("ab", "a"), list("abc", "b")));
        assertThat(list.keys()).containsExactly("a", "ab", "abc", "b");
        assertThat(List.of("a", "ab", "abc", "b")).allMatch(list::has);
        assertThat(List.of("", "abcd", "ac", "c", "A")).noneMatch(list::has);
    }

    private static KeyList list(String... keys) {
        return KeyList.of(List.of(keys), key -> true);
    }
}
