package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import io.memsession.store.AttributeCodec;
import io.memsession.store.CompressingCodec;
import io.memsession.store.ConfigException;
import io.memsession.store.kryo.ClassFilter;
import io.memsession.store.kryo.KryoConfigurer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EncodingTest {
    private static final AtomicInteger CONFIGURED = new AtomicInteger();
    private static final ClassFilter ALL = ClassFilter.trusting("classFilter", "");

    /** An application's configurer. */
    public static final class Configurer implements KryoConfigurer {
        @Override
        public void configure(Kryo kryo) {
            CONFIGURED.incrementAndGet();
        }
    }

    private AttributeCodec codec(String name, String value) {
        return Encoding.read(Map.of(name, value)::get).codec(getClass().getClassLoader(), ALL);
    }

    @Test
    void compressesAboveTheThreshold() throws Exception {
        String text = "again and ".repeat(1000);

        assertThat(codec("compressionThreshold", "2048").encode(text)).hasSizeLessThan(500);
        assertThat(Encoding.read(name -> null).compressionThreshold()).isEqualTo(CompressingCodec.OFF);
    }

    @Test
    void callsTheApplicationsConfigurer() throws Exception {
        assertThat(codec("kryoConfigurer", Configurer.class.getName()).encode("text"))
                .isNotEmpty();
        assertThat(CONFIGURED).hasPositiveValue();
    }

    @Test
    void namesTheAttributeThatCannotBeUsed() {
        assertThatThrownBy(() -> codec("compressionThreshold", "much"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("compressionThreshold=\"2048\"");
        assertThatThrownBy(() -> codec("granularity", "request"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("granularity=\"session\"");
        assertThatThrownBy(() -> codec("kryoConfigurer", "com.acme.Gone"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kryoConfigurer=\"com.acme.Gone\"");
        assertThatThrownBy(() -> codec("kryoConfigurer", "java.lang.String")).isInstanceOf(ConfigException.class);
    }
}
