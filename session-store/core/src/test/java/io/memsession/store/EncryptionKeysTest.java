package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionKeysTest {
    static final String KEY_1 = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    static final String KEY_2 = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

    @Test
    void takesTheFirstForSealing() {
        EncryptionKeys keys = EncryptionKeys.parse("keys", "k2:" + KEY_2 + ", k1:" + KEY_1);

        assertThat(keys.first()).isEqualTo("k2");
        assertThat(keys.key("k1")).hasSize(32).containsOnly(1);
        assertThat(keys.key("k3")).isNull();
    }

    @Test
    void readsAFileWithAKeyOnEachLine(@TempDir Path directory) throws IOException {
        Path file =
                Files.writeString(directory.resolve("keys"), "# new\nk2:" + KEY_2 + "\n\n# old\nk1:" + KEY_1 + "\n");

        EncryptionKeys keys = EncryptionKeys.parse("keys", "file:" + file);

        assertThat(keys.first()).isEqualTo("k2");
        assertThat(keys.key("k1")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " , ",
                "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
                "k1:",
                "k1:secret-that-is-no-base64!",
                "k1:c2VjcmV0dG9vc2hvcnQ=",
                "a key:" + KEY_1,
                "k1:" + KEY_1 + ",k1:" + KEY_2,
                "file:/no/such/file"
            })
    void saysWhatIsWrongAndHowAKeyIsMade(String text) {
        assertThatThrownBy(() -> EncryptionKeys.parse("encryptionKeys", text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("encryptionKeys: ")
                .message()
                .doesNotContain("secret", "c2VjcmV0", KEY_1)
                .satisfies(message -> assertThat(message).containsAnyOf("openssl rand -base64 32", "cannot be read"));
    }

    @Test
    void isNeverShown() {
        Sealing sealing = new Sealing(EncryptionKeys.parse("keys", "k1:" + KEY_1), false);

        assertThat(sealing.toString()).contains("k1").doesNotContain(KEY_1);
    }
}
