package io.memsession.tomcat;

import io.memsession.store.AttributeCodec;
import io.memsession.store.CompressingCodec;
import io.memsession.store.ConfigException;
import io.memsession.store.SessionGraphCodec;
import io.memsession.store.kryo.ClassFilter;
import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.kryo.KryoConfigurer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How attributes become bytes, as the Manager's attributes say it.
 *
 * @param graph whether all attributes of a session are one graph; otherwise each is one
 * @param compressionThreshold attributes longer than that are compressed, in bytes
 * @param kryoConfigurer the name of the application's {@link KryoConfigurer}; null for none
 */
record Encoding(
        boolean graph, int compressionThreshold, @Nullable String kryoConfigurer) {
    private static final String GRANULARITY = "granularity";
    private static final String COMPRESSION = "compressionThreshold";
    private static final String CONFIGURER = "kryoConfigurer";

    /**
     * Reads {@code granularity}, {@code compressionThreshold} and {@code kryoConfigurer}.
     *
     * @throws ConfigException if one of them cannot be used; the message names it and shows a right value
     */
    static Encoding read(Function<String, @Nullable String> attributes) {
        String threshold = attributes.apply(COMPRESSION);
        return new Encoding(
                graph(attributes.apply(GRANULARITY)),
                threshold == null ? CompressingCodec.OFF : bytes(threshold.strip()),
                attributes.apply(CONFIGURER));
    }

    private static boolean graph(@Nullable String granularity) {
        String word = granularity == null ? "attribute" : granularity.strip();
        return !AttributeValues.isFirst(GRANULARITY, word, "attribute", "session", "session");
    }

    private static int bytes(String text) {
        if (text.matches("\\d{1,9}")) {
            return Integer.parseInt(text);
        }
        throw new ConfigException(COMPRESSION + "=\"" + text + "\" is not a number of bytes; a right value is "
                + COMPRESSION + "=\"2048\"");
    }

    /**
     * The codec for that application.
     *
     * @throws ConfigException if its configurer cannot be made
     */
    AttributeCodec codec(ClassLoader application, ClassFilter filter) {
        AttributeCodec codec = new CompressingCodec(
                new KryoAttributeCodec(application, filter, configurer(application)), compressionThreshold);
        return graph ? new SessionGraphCodec(codec) : codec;
    }

    private KryoConfigurer configurer(ClassLoader application) {
        if (kryoConfigurer == null) {
            return KryoConfigurer.NONE;
        }
        try {
            return Class.forName(kryoConfigurer, true, application)
                    .asSubclass(KryoConfigurer.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new ConfigException(CONFIGURER + "=\"" + kryoConfigurer + "\" cannot be made (" + e
                    + "); it must be a public class of the application with a public constructor without arguments that"
                    + " implements " + KryoConfigurer.class.getName());
        }
    }
}
