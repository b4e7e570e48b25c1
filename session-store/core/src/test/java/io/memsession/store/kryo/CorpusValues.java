package io.memsession.store.kryo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.sql.Timestamp;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.SimpleDateFormat;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** The JDK's values, arrays and small objects. */
@SuppressWarnings({"all", "unchecked"}) // old classes are the point here
final class CorpusValues {
    private CorpusValues() {}

    static void fill(Corpus corpus) {
        scalars(corpus);
        times(corpus);
        arrays(corpus);
        objects(corpus);
    }

    private static void scalars(Corpus corpus) {
        corpus.kryo(
                        "string",
                        "",
                        "a",
                        "text",
                        "ünï©ødé",
                        "\u0000",
                        "a\ud83d\ude00b",
                        "\ud800 lone",
                        "x".repeat(100_000))
                .kryo("boolean", true, false)
                .kryo("byte", (byte) -128)
                .kryo("char", 'x', '\uffff')
                .kryo("short", (short) -2)
                .kryo("int", 0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE)
                .kryo("long", 0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE)
                .kryo("float", 1.5f, Float.NaN, -0.0f)
                .kryo("double", Math.PI, Double.NaN, Double.MIN_VALUE, -0.0)
                .kryo(
                        "big integer",
                        BigInteger.ZERO,
                        BigInteger.ONE.shiftLeft(1000).negate())
                .kryo("big decimal", BigDecimal.ZERO, new BigDecimal("-12.3400"), new BigDecimal("1E+9"))
                .kryo("uuid", new UUID(1, -1))
                .kryo("uri", URI.create("https://example.org/a?b=c#d"))
                .kryo("currency", Currency.getInstance("EUR"))
                .kryo("locale", Locale.GERMANY, Locale.ROOT, Locale.forLanguageTag("th-TH-u-nu-thai"))
                .java("old locale", oldLocale())
                .kryo("enum", Samples.Plain.TWO, Samples.WithBody.MINUS, TimeUnit.DAYS, DayOfWeek.FRIDAY)
                .kryo("class", String.class, int.class, int[][].class, Samples.Point.class, Runnable.class, void.class)
                .kryo("optional int", OptionalInt.of(-3), OptionalInt.empty())
                .kryo("optional long", OptionalLong.of(Long.MIN_VALUE), OptionalLong.empty())
                .kryo("optional double", OptionalDouble.of(0.5), OptionalDouble.empty());
    }

    @SuppressWarnings("deprecation")
    private static Locale oldLocale() {
        return new Locale("en", "US", "no tag");
    }

    private static void times(Corpus corpus) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ZonedDateTime twice = ZonedDateTime.of(LocalDateTime.of(2025, 10, 26, 2, 30), berlin);
        corpus.kryo("instant", Instant.EPOCH, Instant.MAX, Instant.MIN, Instant.ofEpochSecond(-1, 999_999_999))
                .kryo("duration", Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MAX_VALUE))
                .kryo("date", LocalDate.of(2024, 2, 29), LocalDate.MIN, LocalDate.MAX)
                .kryo("time", LocalTime.MIN, LocalTime.MAX)
                .kryo("date and time", LocalDateTime.of(2024, 2, 29, 23, 59, 59, 1))
                .kryo("offset", ZoneOffset.UTC, ZoneOffset.ofHoursMinutesSeconds(-3, -30, -15))
                .kryo("zone", berlin, ZoneId.of("UTC+1"))
                .kryo("offset time", OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(5)))
                .kryo("offset date and time", OffsetDateTime.MAX)
                .kryo("zoned", twice, twice.withLaterOffsetAtOverlap(), twice.withZoneSameInstant(ZoneOffset.UTC))
                .kryo("year", Year.of(-44), YearMonth.of(2024, 2), MonthDay.of(2, 29), Period.of(1, -2, 3));
    }

    private static void arrays(Corpus corpus) {
        corpus.kryo("bytes", new byte[0], new byte[] {1, -1})
                .kryo("chars", new char[] {'a', '\u1234'})
                .kryo("shorts", new short[] {1, -1})
                .kryo("ints", new int[] {1, -1, Integer.MIN_VALUE})
                .kryo("longs", new long[] {1, Long.MIN_VALUE})
                .kryo("floats", new float[] {1.5f})
                .kryo("doubles", new double[] {1.5})
                .kryo("booleans", new boolean[] {true, false})
                .kryo("two dimensions", (Object) new int[][] {{1}, {}, null})
                .kryo("strings", (Object) new String[] {"a", null})
                .kryo("objects", (Object) new Object[] {1, "a", null, new int[] {1}})
                .kryo("integers", (Object) new Integer[] {1, null})
                .kryo("enums", (Object) new Samples.WithBody[] {Samples.WithBody.PLUS})
                .kryo("records", (Object) new Samples.Point[][] {{new Samples.Point(1, 2)}})
                .kryo("an array of an interface", (Object) new Comparable<?>[] {1, "a"})
                .java("exceptions", (Object) new TimeZone[] {TimeZone.getTimeZone("Europe/Berlin")});
    }

    private static void objects(Corpus corpus) {
        Timestamp timestamp = new Timestamp(1234);
        timestamp.setNanos(123_456_789);
        corpus.kryo("date", new Date(1), timestamp, new java.sql.Date(2), new java.sql.Time(3))
                .kryo("entry", new SimpleEntry<>("a", 1), new SimpleImmutableEntry<>("a", null))
                .kryo("optional", Optional.empty(), Optional.of(new Samples.Point(1, 2)))
                .kryo("bits", BitSet.valueOf(new long[] {5, 0, 1}))
                .when('K', "builder", new StringBuilder("é"), (a, b) -> a.compareTo(b) == 0)
                .when('K', "buffer", new StringBuffer("b"), (a, b) -> a.compareTo(b) == 0)
                .when('K', "pattern", Pattern.compile("a.b", Pattern.DOTALL), CorpusValues::samePattern)
                .when('K', "atomic int", new AtomicInteger(-7), (a, b) -> a.get() == b.get())
                .when('K', "atomic long", new AtomicLong(Long.MIN_VALUE), (a, b) -> a.get() == b.get())
                .when('K', "atomic boolean", new AtomicBoolean(true), (a, b) -> a.get() == b.get())
                .java("atomic reference", new AtomicReference<>("a"))
                .java("calendar", calendar())
                .java("time zone", TimeZone.getTimeZone("America/New_York"), new SimpleTimeZone(3_600_000, "own"))
                .java("address", InetAddress.getLoopbackAddress())
                .java("format", new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .java("date format", new SimpleDateFormat("yyyy-MM-dd", Locale.ROOT))
                .java("random", new Random(42))
                .when('J', "lock", new ReentrantLock(true), (a, b) -> a.isFair() == b.isFair() && !b.isLocked())
                .java("entry with a calendar", Map.of("when", calendar()));
    }

    private static boolean samePattern(Pattern a, Pattern b) {
        return a.pattern().equals(b.pattern()) && a.flags() == b.flags();
    }

    private static Calendar calendar() {
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Europe/Berlin"), Locale.GERMANY);
        calendar.setTimeInMillis(1_700_000_000_123L);
        return calendar;
    }
}
