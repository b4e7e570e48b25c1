package io.memsession.store.kryo;

import static io.memsession.store.kryo.KnownClasses.Known.leaf;
import static io.memsession.store.kryo.KnownClasses.Known.parts;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.serializers.DefaultArraySerializers;
import io.memsession.store.kryo.KnownClasses.Known;
import java.net.URL;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.BitSet;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** The JDK's objects with an identity that are no collections: arrays 60 to 69, others 70 to 99. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // applications have what they have
final class KnownObjects {
    private KnownObjects() {}

    static List<Known> all() {
        // long because it is a table, a row for each class
        return List.of(
                array(60, byte[].class, new DefaultArraySerializers.ByteArraySerializer()),
                array(61, char[].class, new DefaultArraySerializers.CharArraySerializer()),
                array(62, short[].class, new DefaultArraySerializers.ShortArraySerializer()),
                array(63, int[].class, new DefaultArraySerializers.IntArraySerializer()),
                array(64, long[].class, new DefaultArraySerializers.LongArraySerializer()),
                array(65, float[].class, new DefaultArraySerializers.FloatArraySerializer()),
                array(66, double[].class, new DefaultArraySerializers.DoubleArraySerializer()),
                leaf(
                        67,
                        boolean[].class,
                        (out, array) -> {
                            out.writeVarInt(array.length, true);
                            out.writeBooleans(array, 0, array.length);
                        },
                        in -> in.readBooleans(in.readVarInt(true))),
                array(68, Object[].class, new ObjectArraySerializer()),
                array(69, String[].class, new ObjectArraySerializer()),
                leaf(70, Date.class, (out, t) -> out.writeLong(t.getTime()), in -> new Date(in.readLong())),
                leaf(
                        71,
                        Timestamp.class,
                        (out, t) -> {
                            out.writeLong(t.getTime());
                            out.writeInt(t.getNanos());
                        },
                        in -> {
                            Timestamp t = new Timestamp(in.readLong());
                            t.setNanos(in.readInt());
                            return t;
                        }),
                leaf(
                        72,
                        java.sql.Date.class,
                        (out, t) -> out.writeLong(t.getTime()),
                        in -> new java.sql.Date(in.readLong())),
                leaf(73, Time.class, (out, t) -> out.writeLong(t.getTime()), in -> new Time(in.readLong())),
                leaf(
                        74,
                        StringBuilder.class,
                        (out, s) -> out.writeString(s.toString()),
                        in -> new StringBuilder(in.readText())),
                leaf(
                        75,
                        StringBuffer.class,
                        (out, s) -> out.writeString(s.toString()),
                        in -> new StringBuffer(in.readText())),
                leaf(
                        76,
                        BitSet.class,
                        (out, bits) -> {
                            byte[] bytes = bits.toByteArray();
                            out.writeVarInt(bytes.length, true);
                            out.writeBytes(bytes);
                        },
                        in -> BitSet.valueOf(in.readBytes(in.readVarInt(true)))),
                leaf(
                        77,
                        Pattern.class,
                        (out, pattern) -> {
                            out.writeString(pattern.pattern());
                            out.writeInt(pattern.flags());
                        },
                        in -> Pattern.compile(in.readText(), in.readInt())),
                leaf(
                        78,
                        AtomicBoolean.class,
                        (out, a) -> out.writeBoolean(a.get()),
                        in -> new AtomicBoolean(in.readBoolean())),
                leaf(79, AtomicInteger.class, (out, a) -> out.writeInt(a.get()), in -> new AtomicInteger(in.readInt())),
                leaf(80, AtomicLong.class, (out, a) -> out.writeLong(a.get()), in -> new AtomicLong(in.readLong())),
                new Known(84, URL.class, new UrlSerializer(), false),
                parts(
                        81,
                        Optional.class,
                        (Optional<?> optional) ->
                                optional.map(o -> new Object[] {o}).orElse(NOTHING),
                        p -> p.length == 0 ? Optional.empty() : Optional.of(p[0])),
                parts(82, SimpleEntry.class, (SimpleEntry<?, ?> e) -> pair(e), p -> new SimpleEntry<>(p[0], p[1])),
                parts(
                        83,
                        SimpleImmutableEntry.class,
                        (SimpleImmutableEntry<?, ?> e) -> pair(e),
                        p -> new SimpleImmutableEntry<>(p[0], p[1])));
    }

    private static final Object[] NOTHING = {};

    private static Known array(int id, Class<?> type, Serializer<?> serializer) {
        return new Known(id, type, serializer, false);
    }

    private static Object[] pair(Map.Entry<?, ?> entry) {
        return new Object[] {entry.getKey(), entry.getValue()};
    }
}
