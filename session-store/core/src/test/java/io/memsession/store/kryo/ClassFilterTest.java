package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import io.memsession.store.ConfigException;
import java.awt.Button;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings({"JdkObsolete", "serial"}) // written by Java serialization
class ClassFilterTest {
    private static final String OWN = "io.memsession.store.kryo.Samples";
    private final ClassFilter strict = ClassFilter.strict("classFilter", "", name -> name.startsWith(OWN));
    private final AttributeCodec everything = new KryoAttributeCodec(getClass().getClassLoader());

    private static ClassFilter strict(String patterns) {
        return ClassFilter.strict("classFilter", patterns, name -> false);
    }

    private AttributeCodec codec(ClassFilter filter) {
        return new KryoAttributeCodec(getClass().getClassLoader(), filter);
    }

    @Test
    void decidesByTheFirstPatternThatMatches() {
        ClassFilter filter = strict("!com.acme.admin.*;com.acme.**;org.lib.Thing;org.pre*");

        assertThat(filter.refusal("com.acme.shop.Item")).isNull();
        assertThat(filter.refusal("[[Lcom.acme.shop.Item;")).isNull();
        assertThat(filter.refusal("com.acme.admin.Root")).contains("com.acme.admin.Root", "classFilter");
        assertThat(filter.refusal("[Lcom.acme.admin.Root;")).contains("refused by classFilter");
        assertThat(filter.refusal("com.acme.admin.sub.Root")).isNull();
        assertThat(filter.refusal("com.acmeXYZ.Item")).isNotNull();
        assertThat(filter.refusal("org.lib.Thing")).isNull();
        assertThat(filter.refusal("org.lib.Thing$Inner")).isNotNull();
        assertThat(filter.refusal("org.prefixed.Thing")).isNull();
    }

    @Test
    void knowsTheModulesOfTheJdk() {
        assertThat(strict("java.desktop/*").refusal("java.awt.Button")).isNull();
        assertThat(strict("java.desktop/java.awt.event.*").refusal("java.awt.Button"))
                .isNotNull();
        assertThat(strict("java.desktop/*").refusal("com.acme.Item")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {".*;", "maxdepth=x", "nosuchlimit=1", "java.base/", "!", ".**"})
    void refusesPatternsThatAreNone(String patterns) {
        assertThatThrownBy(() -> strict(patterns))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("classFilter=\"")
                .hasMessageContaining("a right value is classFilter=");
    }

    @Test
    void namesTheClassAndTheSettingWhenItRefuses() {
        assertThat(strict.refusal("com.acme.shop.Item"))
                .contains("com.acme.shop.Item", "add com.acme.shop.* to classFilter", "encryption key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javax.naming.InitialContext",
                "com.sun.rowset.JdbcRowSetImpl",
                "org.apache.commons.collections.functors.InvokerTransformer",
                "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
                "com.mchange.v2.c3p0.PoolBackedDataSource",
                "org.codehaus.groovy.runtime.MethodClosure",
                "java.lang.ProcessBuilder",
                "sun.reflect.annotation.AnnotationInvocationHandler"
            })
    void msm427DeniesKnownGadgetsWhateverTheSettingSays(String name) {
        assertThat(ClassFilter.strict("f", "**", any -> true).refusal(name)).contains("denied");
        assertThat(ClassFilter.strict("f", "*", any -> true).refusal(name)).contains("denied");
        assertThat(ClassFilter.trusting("f", "*").refusal(name)).contains("denied");
    }

    @Test
    void trustsSealedRecordsButForWhatTheSettingRefuses() {
        ClassFilter filter = ClassFilter.trusting("classFilter", "!com.acme.admin.*");

        assertThat(filter.refusal("com.acme.shop.Item")).isNull();
        assertThat(filter.refusal("com.acme.admin.Root")).isNotNull();
    }

    @Test
    void knowsFrameworksAndTheApplicationsOwnClasses() {
        assertThat(List.of(
                        "org.springframework.security.core.context.SecurityContextImpl",
                        "org.springframework.web.servlet.FlashMap",
                        "java.util.Hashtable",
                        "java.lang.IllegalStateException",
                        OWN + "$Item"))
                .allMatch(name -> strict.refusal(name) == null);
        assertThat(strict.refusal("java.net.URL"))
                .as("its hash code asks the DNS")
                .isNotNull();
    }

    @Test
    void writesAndReadsInBothModesWhatItAllows() throws Exception {
        AttributeCodec codec = codec(strict);
        for (Object value : List.of(
                new Samples.Item("a", "1", 1),
                new Samples.Hooked("secret"),
                new Hashtable<>(Map.of(1, new Samples.Point(1, 2))),
                new IllegalStateException("e"))) {
            byte[] bytes = codec.encode(value);
            assertThat(codec.decode(bytes, 0, bytes.length)).hasSameClassAs(value);
        }
    }

    record Foreign(int n) implements Serializable {}

    @Test
    void refusesInBothModesAndBothWaysWhatItDoesNotAllow() throws Exception {
        AttributeCodec codec = codec(strict);
        for (Object value : List.of(
                new Foreign(1),
                new Foreign[0],
                Foreign.class,
                List.of(new Foreign(1)),
                new Hashtable<>(Map.of(1, new Foreign(1))),
                new Hashtable<>(Map.of(1, Foreign.class)))) {
            byte[] bytes = everything.encode(value);
            assertRefused(() -> codec.decode(bytes, 0, bytes.length));
            assertRefused(() -> codec.encode(value));
        }
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("ClassFilterTest$Foreign")
                .hasMessageContaining("classFilter");
    }

    @Test
    void loadsNothingThatItRefuses() throws Exception {
        List<String> asked = new ArrayList<>();
        ClassLoader watching = new ClassLoader(getClass().getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                asked.add(name);
                return super.loadClass(name, resolve);
            }
        };
        AttributeCodec codec = new KryoAttributeCodec(watching, strict);
        byte[] bytes = java("a.b.Button", Button.class.getName());

        assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length)).hasMessageContaining("classFilter");
        assertThat(asked).isEmpty();
    }

    private static byte[] java(Object... values) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write('J');
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Object[] {values, java.awt.Button.class});
        }
        return bytes.toByteArray();
    }

    @Test
    void keepsToTheLimitsOfThePatterns() throws Exception {
        AttributeCodec shallow = codec(ClassFilter.trusting("classFilter", "maxdepth=5;maxarray=10"));
        List<Object> deep = List.of(List.of(List.of(List.of(List.of(List.of(1))))));
        for (Object value : List.of(deep, new Hashtable<>(Map.of(1, deep)), new Hashtable<>(Map.of(1, new int[11])))) {
            byte[] bytes = everything.encode(value);
            assertThatThrownBy(() -> shallow.decode(bytes, 0, bytes.length))
                    .isInstanceOf(AttributeCodecException.class);
        }
    }
}
