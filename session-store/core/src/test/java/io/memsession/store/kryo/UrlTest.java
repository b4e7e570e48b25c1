package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** URLs, whose hash code looks their host up: kept, but not hashed for somebody who is not known. */
@SuppressWarnings({"URLEqualsHashCode", "CollectionUndefinedEquality", "JdkObsolete", "serial"}) // that is the point
class UrlTest {
    private static final ClassFilter ANYBODYS = ClassFilter.strict("classFilter", "", name -> name.contains("UrlTest"));
    private final AttributeCodec codec = new KryoAttributeCodec(getClass().getClassLoader(), ANYBODYS);
    private final AttributeCodec trusting = new KryoAttributeCodec(getClass().getClassLoader());
    private final URL url = new URL("https://ada:pw@shop.invalid:8443/a%20b/c?d=e&f#g");
    private final URL local = new URL("file:/srv/shop/a"); // has no host that could be looked up

    UrlTest() throws Exception {}

    /** With the hash code that it remembers; -1 if it was never asked. */
    private static byte[] javaForm(URL url) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(url);
        }
        return bytes.toByteArray();
    }

    private static Object copy(Object value, AttributeCodec from, AttributeCodec to) throws Exception {
        byte[] bytes = from.encode(value);
        return to.decode(bytes, 0, bytes.length);
    }

    record Link(String text, URL target) implements Serializable {}

    @Test
    void isKeptWithoutAskingForItsHost() throws Exception {
        List<Object> list = new ArrayList<>(List.of(url, List.of(url), new Link("l", url)));
        List<?> read = (List<?>) copy(list, codec, codec);

        assertThat(javaForm((URL) read.get(0))).isEqualTo(javaForm(new URL(url.toString())));
        assertThat(((List<?>) read.get(1)).get(0)).as("the same object").isSameAs(read.get(0));
        assertThat(((Link) read.get(2)).target()).isSameAs(read.get(0));
        assertThat(copy(new HashMap<>(Map.of("key", local)), codec, codec)).isEqualTo(Map.of("key", local));
    }

    @Test
    void isNotKeptWhereItWouldBeHashed() {
        Set<Object> inside = new LinkedHashSet<>();
        inside.add(List.of(local));
        for (Object value : Arrays.asList(
                new HashMap<>(Map.of(local, "value")),
                new HashSet<>(Set.of(local)),
                inside,
                Set.of(local, "other"),
                Map.of(local, "value", "other", "value"))) {
            assertThatThrownBy(() -> codec.encode(value))
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining("java.net.URL")
                    .hasMessageContaining("looked up");
        }
    }

    @Test
    void isNotHashedWhoeverWroteIt() throws Exception {
        for (Object value : List.of(new HashMap<>(Map.of(local, 1)), Set.of(List.of(local)), Map.of(local, 1, 2, 2))) {
            assertThatThrownBy(() -> copy(value, trusting, codec))
                    .isInstanceOf(AttributeCodecException.class)
                    .hasMessageContaining("looked up");
            assertThat(copy(value, trusting, trusting)).isEqualTo(value);
        }
    }

    @Test
    void isRefusedInJavaModeWithoutAKey() throws Exception {
        Object value = new Hashtable<>(Map.of("key", local));

        assertThatThrownBy(() -> codec.encode(value)).hasMessageContaining("java.net.URL is not allowed");
        assertThatThrownBy(() -> copy(value, trusting, codec)).hasMessageContaining("java.net.URL is not allowed");
        assertThat(copy(value, trusting, trusting)).isEqualTo(value);
    }

    @Test
    void isLeftToJavaIfItsTextDoesNotSayAll() throws Exception {
        URL own = new URL(null, "shop:a", new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL unused) {
                throw new UnsupportedOperationException();
            }
        });
        assertThat(trusting.encode(own)[0]).isEqualTo((byte) 'J');
        assertThat(trusting.encode(new URL("http", "[::1]", 80, "/a b?c"))[0]).isEqualTo((byte) 'K');
        assertThatThrownBy(() -> codec.encode(own)).hasMessageContaining("java.net.URL is not allowed");
    }
}
