package io.memsession.store.kryo;

import static io.memsession.store.kryo.KnownClasses.Known.value;

import com.esotericsoftware.kryo.io.Output;
import io.memsession.store.kryo.KnownClasses.Known;
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
import java.util.List;

/** The values of java.time: ids 40 to 59. */
final class KnownTimes {
    private KnownTimes() {}

    static List<Known> all() {
        // long because it is a table, a row for each class
        return List.of(
                value(
                        40,
                        Instant.class,
                        (out, t) -> write(out, t.getEpochSecond(), t.getNano()),
                        in -> Instant.ofEpochSecond(in.readVarLong(false), in.readVarInt(true))),
                value(
                        41,
                        Duration.class,
                        (out, t) -> write(out, t.getSeconds(), t.getNano()),
                        in -> Duration.ofSeconds(in.readVarLong(false), in.readVarInt(true))),
                value(42, LocalDate.class, KnownTimes::write, KnownTimes::date),
                value(43, LocalTime.class, KnownTimes::write, KnownTimes::time),
                value(44, LocalDateTime.class, KnownTimes::write, KnownTimes::dateTime),
                value(45, ZoneOffset.class, KnownTimes::write, KnownTimes::offset),
                value(
                        46,
                        OffsetTime.class,
                        (out, t) -> {
                            write(out, t.toLocalTime());
                            write(out, t.getOffset());
                        },
                        in -> OffsetTime.of(time(in), offset(in))),
                value(
                        47,
                        OffsetDateTime.class,
                        (out, t) -> {
                            write(out, t.toLocalDateTime());
                            write(out, t.getOffset());
                        },
                        in -> OffsetDateTime.of(dateTime(in), offset(in))),
                value(
                        48,
                        ZonedDateTime.class,
                        (out, t) -> {
                            write(out, t.toLocalDateTime());
                            write(out, t.getOffset()); // tells the two hours apart when the clock is set back
                            out.writeString(t.getZone().getId());
                        },
                        in -> ZonedDateTime.ofInstant(dateTime(in), offset(in), ZoneId.of(in.readText()))),
                value(
                        49,
                        Year.class,
                        (out, t) -> out.writeVarInt(t.getValue(), false),
                        in -> Year.of(in.readVarInt(false))),
                value(50, YearMonth.class, (out, t) -> write(out, t.atDay(1)), in -> YearMonth.from(date(in))),
                value(51, MonthDay.class, (out, t) -> write(out, t.atYear(LEAP_YEAR)), in -> MonthDay.from(date(in))),
                value(
                        52,
                        Period.class,
                        (out, t) -> {
                            out.writeVarInt(t.getYears(), false);
                            out.writeVarInt(t.getMonths(), false);
                            out.writeVarInt(t.getDays(), false);
                        },
                        in -> Period.of(in.readVarInt(false), in.readVarInt(false), in.readVarInt(false))),
                zoneRegion(53));
    }

    private static final int LEAP_YEAR = 2000;

    /** The class of all zones with a name; the JDK does not show it. */
    @SuppressWarnings("unchecked")
    private static Known zoneRegion(int id) {
        Class<ZoneId> type = (Class<ZoneId>) ZoneId.of("Europe/Berlin").getClass();
        return value(id, type, (out, zone) -> out.writeString(zone.getId()), in -> ZoneId.of(in.readText()));
    }

    private static void write(Output out, long seconds, int nanos) {
        out.writeVarLong(seconds, false);
        out.writeVarInt(nanos, true);
    }

    private static void write(Output out, LocalDate date) {
        out.writeVarLong(date.toEpochDay(), false);
    }

    private static LocalDate date(BoundedInput in) {
        return LocalDate.ofEpochDay(in.readVarLong(false));
    }

    private static void write(Output out, LocalTime time) {
        out.writeVarLong(time.toNanoOfDay(), true);
    }

    private static LocalTime time(BoundedInput in) {
        return LocalTime.ofNanoOfDay(in.readVarLong(true));
    }

    private static void write(Output out, LocalDateTime dateTime) {
        write(out, dateTime.toLocalDate());
        write(out, dateTime.toLocalTime());
    }

    private static LocalDateTime dateTime(BoundedInput in) {
        return LocalDateTime.of(date(in), time(in));
    }

    private static void write(Output out, ZoneOffset offset) {
        out.writeVarInt(offset.getTotalSeconds(), false);
    }

    private static ZoneOffset offset(BoundedInput in) {
        return ZoneOffset.ofTotalSeconds(in.readVarInt(false));
    }
}
