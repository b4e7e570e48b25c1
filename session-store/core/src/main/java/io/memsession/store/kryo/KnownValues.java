package io.memsession.store.kryo;

import static io.memsession.store.kryo.KnownClasses.Known.value;

import io.memsession.store.kryo.KnownClasses.Known;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The JDK's values: ids 16 to 39. */
final class KnownValues {
    private KnownValues() {}

    static List<Known> all() {
        // long because it is a table, a row for each class
        return List.of(
                value(16, BigInteger.class, (out, n) -> writeInteger(out, n), in -> readInteger(in)),
                value(
                        17,
                        BigDecimal.class,
                        (out, n) -> {
                            writeInteger(out, n.unscaledValue());
                            out.writeVarInt(n.scale(), false);
                        },
                        in -> new BigDecimal(readInteger(in), in.readVarInt(false))),
                value(
                        18,
                        UUID.class,
                        (out, id) -> {
                            out.writeLong(id.getMostSignificantBits());
                            out.writeLong(id.getLeastSignificantBits());
                        },
                        in -> new UUID(in.readLong(), in.readLong())),
                value(19, URI.class, (out, uri) -> out.writeString(uri.toString()), in -> URI.create(in.readText())),
                value(
                        20,
                        Currency.class,
                        (out, currency) -> out.writeString(currency.getCurrencyCode()),
                        in -> Currency.getInstance(in.readText())),
                value(
                        21,
                        Locale.class,
                        (out, locale) -> out.writeString(tag(locale)),
                        in -> Locale.forLanguageTag(in.readText())),
                new Known(22, Class.class, new ClassSerializer(), true),
                value(
                        23,
                        OptionalInt.class,
                        (out, n) -> out.writeString(n.isPresent() ? Integer.toString(n.getAsInt()) : null),
                        in -> {
                            String n = in.readString();
                            return n == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(n));
                        }),
                value(
                        24,
                        OptionalLong.class,
                        (out, n) -> out.writeString(n.isPresent() ? Long.toString(n.getAsLong()) : null),
                        in -> {
                            String n = in.readString();
                            return n == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(n));
                        }),
                value(
                        25,
                        OptionalDouble.class,
                        (out, n) -> {
                            out.writeBoolean(n.isPresent());
                            out.writeDouble(n.orElse(0));
                        },
                        in -> {
                            boolean present = in.readBoolean();
                            double n = in.readDouble();
                            return present ? OptionalDouble.of(n) : OptionalDouble.empty();
                        }));
    }

    private static void writeInteger(com.esotericsoftware.kryo.io.Output out, BigInteger n) {
        byte[] bytes = n.toByteArray();
        out.writeVarInt(bytes.length, true);
        out.writeBytes(bytes);
    }

    private static BigInteger readInteger(BoundedInput in) {
        return new BigInteger(in.readBytes(in.readVarInt(true)));
    }

    /** The language tag, if it says all of the locale (those of old Java versions can say more). */
    private static String tag(Locale locale) {
        String tag = locale.toLanguageTag();
        if (!Locale.forLanguageTag(tag).equals(locale)) {
            throw new NeedJava(Locale.class);
        }
        return tag;
    }
}
