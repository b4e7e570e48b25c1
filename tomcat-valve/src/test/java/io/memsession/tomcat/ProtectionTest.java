package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.AttributeCodecException;
import io.memsession.store.ConfigException;
import io.memsession.store.kryo.KryoAttributeCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtectionTest {
    private static final String KEY = "k1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

    private static Protection protection(String... namesAndValues) {
        return Protection.read(name -> {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                if (namesAndValues[i].equals(name)) {
                    return namesAndValues[i + 1];
                }
            }
            return null;
        });
    }

    private static void assertRefused(String expected, String... namesAndValues) {
        assertThatThrownBy(() -> protection(namesAndValues))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void namesTheAttributeThatCannotBeUsed() {
        assertRefused("encryptionKeys", "encryptionKeys", "secret");
        assertRefused("encryptionReadsPlain", "encryptionReadsPlain", "true");
        assertRefused("encryptionReadsPlain", "encryptionKeys", KEY, "encryptionReadsPlain", "perhaps");
        assertRefused("classFilter", "classFilter", "maxdepth=deep");
    }

    @Test
    void sealsWithTheKeys() {
        assertThat(protection("encryptionKeys", KEY).sealing()).isNotNull();
        assertThat(protection().sealing()).isNull();
    }

    /** An application's own class, in its {@code WEB-INF/classes} or beside them. */
    public record Own(int n) implements Serializable {}

    private static ClassLoader loader(Path classes) throws IOException {
        String file = Own.class.getName().replace('.', '/') + ".class";
        Path copy = classes.resolve(file);
        Files.createDirectories(copy.getParent());
        try (InputStream in = Own.class.getClassLoader().getResourceAsStream(file)) {
            Files.copy(in, copy);
        }
        return new OwnFirst(classes);
    }

    /** Finds classes there first, as a web application's loader does. */
    private static final class OwnFirst extends URLClassLoader {
        OwnFirst(Path classes) throws MalformedURLException {
            super(new URL[] {classes.toUri().toURL()}, ProtectionTest.class.getClassLoader());
        }

        @Override
        public URL getResource(String name) {
            URL own = findResource(name);
            return own == null ? super.getResource(name) : own;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Own.class.getName())) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
            return super.loadClass(name, resolve);
        }
    }

    private static byte[] encode(Protection protection, ClassLoader application) throws Exception {
        Object own = application
                .loadClass(Own.class.getName())
                .getConstructor(int.class)
                .newInstance(1);
        return new KryoAttributeCodec(application, protection.filter(application)).encode(own);
    }

    @Test
    void allowsTheClassesOfTheApplicationWithoutAKeyAndAllWithOne(@TempDir Path directory) throws Exception {
        ClassLoader inClasses = loader(directory.resolve("app/WEB-INF/classes"));
        ClassLoader elsewhere = loader(directory.resolve("app/WEB-INF/other"));

        assertThat(encode(protection(), inClasses)).isNotEmpty();
        assertThatThrownBy(() -> encode(protection(), elsewhere))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("ProtectionTest$Own")
                .hasMessageContaining("classFilter");
        assertThat(encode(protection("classFilter", "io.memsession.tomcat.*"), elsewhere))
                .isNotEmpty();
        assertThat(encode(protection("encryptionKeys", KEY), elsewhere)).isNotEmpty();
        assertThatThrownBy(() -> encode(protection("encryptionKeys", KEY, "encryptionReadsPlain", "true"), elsewhere))
                .as("plain records may be anybody's")
                .isInstanceOf(AttributeCodecException.class);
    }

    @Test
    void isReadWithTheOtherAttributes() {
        Map<String, String> attributes = Map.of(
                "memcachedNodes", "n1:localhost:1", "sticky", "false", "encryptionKeys", KEY, "classFilter", "a.b.*");

        Settings settings =
                Settings.read(new AttributeValues(attributes), new KeyPrefix.Place("localhost", "/shop", ""));

        assertThat(settings.store().sealing()).isNotNull();
        assertThat(settings.protection().classFilter()).isEqualTo("a.b.*");
    }
}
