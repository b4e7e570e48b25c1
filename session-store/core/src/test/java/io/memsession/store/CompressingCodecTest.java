package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompressingCodecTest {
    private static final AttributeCodec TEXT = new AttributeCodec() {
        @Override
        public byte[] encode(Object value) {
            return ("K" + value).getBytes(UTF_8);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            return new String(bytes, offset + 1, length - 1, UTF_8);
        }
    };
    private final AttributeCodec on = new CompressingCodec(TEXT, 100);
    private final AttributeCodec off = new CompressingCodec(TEXT, CompressingCodec.OFF);

    @Test
    void compressesWhatIsLongAndGetsShorter() throws Exception {
        String text = "again and ".repeat(1000);
        byte[] bytes = on.encode(text);

        assertThat(bytes).hasSizeLessThan(500);
        assertThat(on.decode(bytes, 0, bytes.length)).isEqualTo(text);
        assertThat(off.decode(bytes, 0, bytes.length)).isEqualTo(text);
        assertThat(on.encode(text)).isEqualTo(bytes);
    }

    @Test
    void leavesAloneWhatIsShortOrDoesNotGetShorter() throws Exception {
        StringBuilder noise = new StringBuilder();
        new Random(1).ints(300, 0xA0, 0xFF).forEach(c -> noise.append((char) c));

        assertThat(on.encode("short")).isEqualTo(TEXT.encode("short"));
        assertThat(off.encode("long".repeat(100))).isEqualTo(TEXT.encode("long".repeat(100)));
        byte[] bytes = on.encode(noise);
        assertThat(on.decode(bytes, 0, bytes.length)).isEqualTo(noise.toString());
    }

    @Test
    void refusesBytesThatDeclareAnotherLength() throws Exception {
        byte[] bytes = on.encode("again and ".repeat(1000));
        for (int length : new int[] {-1, 0, 1, 10_000, 10_002, 4 << 20, Integer.MAX_VALUE}) {
            byte[] changed = bytes.clone();
            ByteBuffer.wrap(changed).putInt(1, length);
            assertThatThrownBy(() -> on.decode(changed, 0, changed.length))
                    .as("length %d", length)
                    .isInstanceOf(AttributeCodecException.class);
        }
        for (int cut = 6; cut < bytes.length; cut++) {
            byte[] shorter = Arrays.copyOf(bytes, cut);
            assertThatThrownBy(() -> on.decode(shorter, 0, shorter.length)).isInstanceOf(AttributeCodecException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> on.decode(longer, 0, longer.length)).isInstanceOf(AttributeCodecException.class);
    }
}
