package io.memsession.store.spy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpedLinesTest {
    @Test
    void tellTheirKeysAsTheyAre() throws IOException {
        assertThat(keys(of("key=app%3AS exp=-1 la=1\r\nkey=a+b\r\nkey=%7e%2F%25 x\r\nkey=\r\nEND\r\n")))
                .containsExactly("app:S", "a+b", "~/%", "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4_096, 1 << 16})
    void areReadInPiecesOfAnySize(int piece) throws IOException {
        List<String> many = IntStream.range(0, 5_000).mapToObj(i -> "key" + i).toList();
        String text =
                many.stream().map(key -> "key=" + key + " exp=1\r\n").collect(Collectors.joining("", "", "END\r\n"));
        assertThat(keys(new DumpedLines(inPieces(text, piece)))).isEqualTo(many);
    }

    @Test
    void endWithTheStreamBeforeTheListEnds() {
        assertThatThrownBy(() -> keys(of("key=a x\r\nkey=b"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> keys(of(""))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> keys(of("x".repeat(1 << 20)))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ERROR", "", "key", "key=%", "key=%4", "key=%zz x", "BUSY currently processing crawler request"})
    void tellNoKeyWhereThereIsNone(String line) throws IOException {
        DumpedLines lines = of(line + "\r\nEND\r\n");
        assertThat(lines.next()).isTrue();
        assertThat(lines.key()).isNull();
        assertThat(lines.text()).isEqualTo(line);
    }

    private static DumpedLines of(String text) {
        return new DumpedLines(new ByteArrayInputStream(text.getBytes(ISO_8859_1)));
    }

    private static InputStream inPieces(String text, int most) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, most));
            }
        };
    }

    private static List<String> keys(DumpedLines lines) throws IOException {
        List<String> keys = new ArrayList<>();
        while (lines.next()) {
            keys.add(lines.key());
        }
        return keys;
    }
}
