package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Objects;
import java.util.Set;

/**
 * A URL by its text, of a protocol that every JVM has; no name is resolved. Its hash code would ask the DNS, so
 * whatever it is in weighs too much to be hashed while it is read, unless the bytes are the application's own.
 */
final class UrlSerializer extends Serializer<URL> {
    /** Only these: the others' handlers are looked up by name, in bytes from outside. */
    private static final Set<String> PROTOCOLS = Set.of("http", "https", "ftp", "file");

    @Override
    public void write(Kryo kryo, Output output, URL url) {
        String text = url.toExternalForm();
        if (!saysAllOf(url, text)) {
            throw new NeedJava(URL.class);
        }
        output.writeString(text);
        ((SessionKryo) kryo).unhashable();
    }

    private static boolean saysAllOf(URL url, String text) {
        try {
            URL other = parse(text);
            return Objects.equals(url.getAuthority(), other.getAuthority())
                    && Objects.equals(url.getHost(), other.getHost())
                    && Objects.equals(url.getFile(), other.getFile())
                    && Objects.equals(url.getRef(), other.getRef())
                    && url.getPort() == other.getPort();
        } catch (MalformedURLException e) {
            return false;
        }
    }

    @Override
    public URL read(Kryo kryo, Input input, Class<? extends URL> type) {
        ((SessionKryo) kryo).unhashable();
        try {
            return parse(((BoundedInput) input).readText());
        } catch (MalformedURLException e) {
            throw new KryoException("no URL", e);
        }
    }

    private static URL parse(String text) throws MalformedURLException {
        if (!PROTOCOLS.contains(text.substring(0, Math.max(0, text.indexOf(':'))))) {
            throw new MalformedURLException("neither http, https, ftp nor file");
        }
        return new URL(text);
    }
}
