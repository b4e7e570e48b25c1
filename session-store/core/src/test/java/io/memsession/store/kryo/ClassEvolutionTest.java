package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.esotericsoftware.kryo.serializers.EnumNameSerializer;
import io.memsession.store.AttributeCodecException;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An old and a new version of an application side by side, each with its own class loader. */
class ClassEvolutionTest {
    private static final String SHARED = "private static final Object[] SHARED = {new java.util.BitSet(7)};";

    @TempDir
    Path directory;

    private ClassLoader version(String name, String source) throws IOException {
        Path sources = Files.createDirectories(directory.resolve(name));
        Path file = Files.writeString(sources.resolve("Thing.java"), source);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", sources.toString(), "--release", "17", file.toString());
        assertThat(result).isZero();
        return new URLClassLoader(
                new URL[] {sources.toUri().toURL()}, getClass().getClassLoader());
    }

    private static Object thing(ClassLoader version) throws ReflectiveOperationException {
        return version.loadClass("Thing").getMethod("make").invoke(null);
    }

    private static Object field(Object thing, String name) throws ReflectiveOperationException {
        Field field = thing.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(thing);
    }

    /** What the new version reads of a list of a thing and a text after it. */
    private static Object read(ClassLoader from, ClassLoader to) throws Exception {
        List<Object> list = new ArrayList<>(List.of(thing(from), "after"));
        byte[] bytes = new KryoAttributeCodec(from).encode(list);
        List<?> read = (List<?>) new KryoAttributeCodec(to).decode(bytes, 0, bytes.length);
        assertThat(read.get(1)).isEqualTo("after");
        return read.get(0);
    }

    private static String plain(String fields) {
        return "public class Thing implements java.io.Serializable { " + SHARED + fields
                + " public static Object make() { return new Thing(); } }";
    }

    @Test
    void leavesAnAddedFieldAsJavaDoesAndSkipsARemovedOne() throws Exception {
        ClassLoader old = version("old", plain("int kept = 1; Object gone = SHARED; Object last = SHARED[0];"));
        ClassLoader young = version("young", plain("String added = \"x\"; int kept = 2; Object last;"));

        Object thing = read(old, young);

        assertThat(field(thing, "kept")).isEqualTo(1);
        assertThat(field(thing, "added")).isNull();
        assertThat(field(thing, "last")).as("first met in the removed field").isEqualTo(new java.util.BitSet());
        assertThat(field(read(young, old), "kept")).isEqualTo(2);
    }

    /** Named as proxies are that a library makes at run time, and only right in Java serialization. */
    private static String made(int serialVersionUid, String field) {
        return "public class Thing { public static Object make() { return new $Made(); }"
                + " static class $Made implements java.io.Serializable {"
                + " private static final long serialVersionUID = " + serialVersionUid + "; " + field
                + " Object readResolve() { return this; } } }";
    }

    @Test
    void readsAClassMadeAtRunTimeIfItsFieldsAreTheSameWhateverItsSerialVersionUid() throws Exception {
        ClassLoader here = version("here", made(1, "int kept = 5;"));
        ClassLoader there = version("there", made(2, "int kept = 6;"));
        ClassLoader another = version("another", made(3, "long kept = 7;"));

        assertThat(field(read(here, there), "kept")).isEqualTo(5);
        assertThatThrownBy(() -> read(here, another))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("incompatible");
    }

    @Test
    void widensANumberAndRefusesAnotherType() throws Exception {
        ClassLoader old = version("old", plain("int number = 5;"));
        ClassLoader wide = version("wide", plain("long number = 6;"));
        ClassLoader text = version("text", plain("String number = \"7\";"));

        assertThat(field(read(old, wide), "number")).isEqualTo(5L);
        assertThatThrownBy(() -> read(old, text))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("Thing.number");
    }

    @Test
    void readsRecordsByTheNamesOfTheirComponents() throws Exception {
        ClassLoader old = version("old", record("int x, int y", "1, 2"));
        ClassLoader young = version("young", record("String added, int y, int x, long n", "\"a\", 3, 4, 5L"));

        Object thing = read(old, young);

        assertThat(thing).hasToString("Thing[added=null, y=2, x=1, n=0]");
        assertThat(read(young, old)).hasToString("Thing[x=4, y=3]");
    }

    private static String record(String components, String values) {
        return "public record Thing(" + components + ") implements java.io.Serializable {"
                + " public static Object make() { return new Thing(" + values + "); } }";
    }

    @Test
    void namesAnEnumConstantThatIsGone() throws Exception {
        ClassLoader old = version("old", "public enum Thing { A, B; public static Object make() { return B; } }");
        ClassLoader moved =
                version("moved", "public enum Thing { B, C, A; public static Object make() { return C; } }");

        assertThat(read(old, moved)).hasToString("B");
        assertThatThrownBy(() -> read(moved, old))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("C");
    }

    @Test
    void tellsWhetherSomethingWasUnknown() throws Exception {
        ClassLoader old = version("old", plain("int kept = 1;"));
        ClassLoader young = version("young", plain("int kept = 2; String added = \"x\";"));
        ClassLoader javas = version("javas", made(1, "int kept = 5;"));

        assertThat(isWhole(old, old, KryoConfigurer.NONE)).isTrue();
        assertThat(isWhole(old, young, KryoConfigurer.NONE))
                .as("only lacks something")
                .isTrue();
        assertThat(isWhole(young, old, KryoConfigurer.NONE)).isFalse();
        assertThat(isWhole(javas, javas, KryoConfigurer.NONE))
                .as("Java does not tell")
                .isFalse();
        KryoConfigurer own = kryo -> kryo.register(Thread.class, new EnumNameSerializer(Thread.State.class));
        assertThat(isWhole(old, old, own)).as("serializers that do not tell").isFalse();
    }

    private static boolean isWhole(ClassLoader from, ClassLoader to, KryoConfigurer configurer) throws Exception {
        byte[] bytes = new KryoAttributeCodec(from).encode(new ArrayList<>(List.of(thing(from))));
        ClassFilter trusting = ClassFilter.trusting("the class filter", "");
        return new KryoAttributeCodec(to, trusting, configurer)
                .read(bytes, 0, bytes.length)
                .whole();
    }

    @Test
    void readsARenamedFieldAsJavaDoes() throws Exception {
        ClassLoader old = version("old", plain("int count = 5;"));
        ClassLoader young = version("young", plain("int number = 6;"));

        assertThat(field(read(old, young), "number")).isEqualTo(0);
        assertThat(field(read(young, old), "count")).isEqualTo(0);
    }

    @Test
    void readsAFieldThatMovedToASuperclassAsJavaDoes() throws Exception {
        String base = "class Base implements java.io.Serializable { %s } ";
        String thing = " public class Thing extends Base { %s public static Object make() { return new Thing(); } }";
        ClassLoader old = version("old", base.formatted("") + thing.formatted("String text = \"t\"; int n = 3;"));
        ClassLoader young = version("young", base.formatted("String text = \"b\";") + thing.formatted("int n = 4;"));

        Object thingThere = read(old, young);

        assertThat(field(thingThere, "n")).isEqualTo(3);
        Field moved = thingThere.getClass().getSuperclass().getDeclaredField("text");
        moved.setAccessible(true);
        assertThat(moved.get(thingThere)).isNull();
        assertThat(field(read(young, old), "text")).isNull();
    }

    @Test
    void saysThatAClassIsGone() throws Exception {
        String part = "class Part implements java.io.Serializable { } ";
        ClassLoader old = version("old", part + plain("Object part = new Part(); int n = 1;"));
        ClassLoader young = version("young", plain("int n = 2;"));

        assertThatThrownBy(() -> read(old, young))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("Part");
        assertThat(field(read(young, old), "n")).isEqualTo(2);
    }

    @Test
    void readsRecordsWhoseComponentsWereRenamed() throws Exception {
        ClassLoader old = version("old", record("int x, int y", "1, 2"));
        ClassLoader young = version("young", record("int lat, int lon", "3, 4"));

        assertThat(read(old, young)).hasToString("Thing[lat=0, lon=0]");
    }

    @Test
    void keepsNothingOfAnApplicationThatIsGone() throws Exception {
        ClassLoader application = version("old", plain("int n = 1;"));
        WeakReference<ClassLoader> left = new WeakReference<>(application);
        byte[] bytes = new KryoAttributeCodec(application).encode(new ArrayList<>(List.of(thing(application))));
        assertThat(new KryoAttributeCodec(application).decode(bytes, 0, bytes.length))
                .isNotNull();

        application = null;

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return left.get() == null;
        });
    }
}
