package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.AttributeCodecException;
import io.memsession.store.Sealing;
import io.memsession.store.kryo.ClassFilter;
import io.memsession.store.kryo.KryoAttributeCodec;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProtectionTest {
    private static final String KEY = "k1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    record Own(int n) implements Serializable {
        private static final long serialVersionUID = 1;
    }

    private static MemsessionProperties properties(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("memsession", MemsessionProperties.class);
    }

    private byte[] encode(Map<String, String> properties) throws AttributeCodecException {
        ClassFilter filter = Protection.filter(properties(properties), beans);
        return new KryoAttributeCodec(getClass().getClassLoader(), filter).encode(new Own(1));
    }

    @Test
    void allowsTheClassesOfTheApplicationsPackagesWithoutKeys() throws Exception {
        assertThatThrownBy(() -> encode(Map.of()))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("ProtectionTest$Own")
                .hasMessageContaining("memsession.class-filter");
        assertThat(encode(Map.of("memsession.class-filter", "io.memsession.**")))
                .isNotEmpty();
        assertThat(encode(Map.of("memsession.encryption.keys", KEY))).isNotEmpty();
        AutoConfigurationPackages.register(beans, "io.memsession.spring");
        assertThat(encode(Map.of())).isNotEmpty();
    }

    @Test
    void sealsWithTheKeys() {
        Sealing sealing = Protection.sealing(new MemsessionProperties.Encryption(List.of(KEY), true));

        assertThat(sealing).isNotNull();
        assertThat(sealing.readsPlain()).isTrue();
        assertThat(StoreSettings.of(
                                properties(Map.of("memsession.encryption.keys", KEY)),
                                StoreSettings.membership(List.of("n1:a:1")),
                                null)
                        .sealing())
                .isNotNull();
    }

    @Test
    void namesThePropertyThatCannotBeUsed() {
        assertRefused("memsession.encryption.keys", Map.of("memsession.encryption.keys", "secret"));
        assertRefused("memsession.encryption.reads-plain", Map.of("memsession.encryption.reads-plain", "true"));
        assertRefused("memsession.class-filter", Map.of("memsession.class-filter", "maxdepth=deep"));
    }

    private void assertRefused(String property, Map<String, String> properties) {
        assertThatThrownBy(() -> Protection.filter(properties(properties), beans))
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining(property)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void showsNoKey() {
        assertThat(properties(Map.of("memsession.encryption.keys", KEY)).toString())
                .doesNotContain("AQEB");
    }
}
