package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.util.Util;
import io.memsession.store.AttributeCodec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KryoAttributeCodecTest {
    private static final AttributeCodec CODEC = new KryoAttributeCodec(KryoAttributeCodecTest.class.getClassLoader());

    static Stream<Corpus.Case> corpus() {
        return Corpus.all().stream();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void msm187GivesBackWhatItWasGiven(Corpus.Case sample) throws Exception {
        byte[] bytes = CODEC.encode(sample.value());
        Object copy = CODEC.decode(bytes, 0, bytes.length);

        assertThat((char) bytes[0]).as("mode").isEqualTo(sample.mode());
        assertThat(sample.isSame(copy))
                .as("%s is the same as %s", copy, sample.value())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void writesTheSameBytesTwice(Corpus.Case sample) throws Exception {
        assertThat(CODEC.encode(sample.value())).isEqualTo(CODEC.encode(sample.value()));
    }

    @Test
    void readsFromTheMiddleOfAnArray() throws Exception {
        byte[] bytes = CODEC.encode(List.of("ä", 1));
        byte[] around = new byte[bytes.length + 20];
        Arrays.fill(around, (byte) 0x7F);
        System.arraycopy(bytes, 0, around, 10, bytes.length);

        assertThat(CODEC.decode(around, 10, bytes.length)).isEqualTo(List.of("ä", 1));
    }

    @Test
    void hasNoUseForUnsafe() {
        assertThat(Util.isUnsafeAvailable()).isFalse();
    }

    @Test
    void hasALargeCorpus() {
        assertThat(Corpus.all()).hasSizeGreaterThan(200);
    }
}
