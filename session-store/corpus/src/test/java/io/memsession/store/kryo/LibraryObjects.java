package io.memsession.store.kryo;

import com.google.common.base.Optional;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.EvictingQueue;
import com.google.common.collect.HashBasedTable;
import com.google.common.collect.HashBiMap;
import com.google.common.collect.HashMultimap;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Lists;
import com.google.common.collect.Ordering;
import com.google.common.collect.Range;
import com.google.common.collect.TreeMultimap;
import com.google.common.collect.TreeMultiset;
import com.google.common.net.HostAndPort;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.UnsignedLong;
import com.sun.faces.util.LRUMap;
import groovy.lang.GString;
import groovy.lang.IntRange;
import groovy.lang.NumberRange;
import groovy.lang.Tuple2;
import groovy.lang.Tuple3;
import jakarta.faces.application.FacesMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.GStringImpl;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.Days;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.joda.time.Interval;
import org.joda.time.LocalDate;
import org.joda.time.LocalDateTime;
import org.joda.time.LocalTime;
import org.joda.time.MonthDay;
import org.joda.time.MutableDateTime;
import org.joda.time.Period;
import org.joda.time.YearMonth;
import org.joda.time.chrono.BuddhistChronology;

/** What applications keep of Guava, Joda, Groovy and Mojarra. */
@SuppressWarnings({"all", "serial"})
final class LibraryObjects {
    private LibraryObjects() {}

    static void guava(Corpus corpus) {
        corpus.java("immutable list", ImmutableList.of(), ImmutableList.of(1), ImmutableList.of(1, "b", 3L))
                .java("immutable set", ImmutableSet.of(), ImmutableSet.of(1), ImmutableSet.of("a", "b", "c"))
                .java("immutable map", ImmutableMap.of(), ImmutableMap.of("a", 1), ImmutableMap.of("a", 1, "b", 2))
                .java("immutable sorted", ImmutableSortedMap.of("b", 1, "a", 2), ImmutableSortedSet.of(3, 1, 2))
                .java("immutable bimap", ImmutableBiMap.of("a", 1, "b", 2))
                .java("immutable multimap", ImmutableSetMultimap.of("a", 1, "a", 2))
                .java("immutable table", ImmutableTable.of("r", "c", 1))
                .java("immutable ranges", ImmutableRangeSet.of(Range.closed(1, 5)))
                .java("multimap", ArrayListMultimap.create(ImmutableSetMultimap.of("a", 1)))
                .java("hash multimap", HashMultimap.create(ImmutableSetMultimap.of("a", 1, "b", 2)))
                .java("linked multimap", LinkedHashMultimap.create(ImmutableSetMultimap.of("a", 1, "b", 2)))
                .java("tree multimap", TreeMultimap.create(ImmutableSetMultimap.of("a", 1, "b", 2)))
                .java("bimap", HashBiMap.create(Map.of("a", 1)))
                .java("multisets", HashMultiset.create(List.of(1, 1)), LinkedHashMultiset.create(List.of(1)))
                .java("tree multiset", TreeMultiset.create(List.of(2, 1, 1)))
                .java("table", HashBasedTable.create(ImmutableTable.of("r", "c", 1)))
                .java("range", Range.closedOpen(1, 5), Range.atLeast("a"), Range.all())
                .java("optional", Optional.of("a"), Optional.absent())
                .java("ordering", Ordering.natural().reverse().nullsFirst())
                .java("transformed", Lists.newArrayList("a", "b"))
                .java("host", HostAndPort.fromParts("host", 80))
                .java("primitives", ImmutableIntArray.of(1, 2), UnsignedLong.MAX_VALUE)
                .when(
                        'J',
                        "evicting queue",
                        queue(),
                        (a, b) -> b.remainingCapacity() == a.remainingCapacity()
                                && List.copyOf(a).equals(List.copyOf(b)))
                .java(
                        "in a cart",
                        new ArrayList<>(
                                List.of(ImmutableList.of("a"), new HashMap<>(Map.of("k", ImmutableSet.of(1))))));
    }

    private static EvictingQueue<Integer> queue() {
        EvictingQueue<Integer> queue = EvictingQueue.create(3);
        queue.addAll(List.of(1, 2, 3, 4));
        return queue;
    }

    static void joda(Corpus corpus) {
        DateTimeZone zone = DateTimeZone.forID("Europe/Berlin");
        DateTime time = new DateTime(2026, 3, 29, 3, 30, zone);
        corpus.java(
                        "date time",
                        time,
                        time.withZone(DateTimeZone.UTC),
                        time.withChronology(BuddhistChronology.getInstance(zone)))
                .java("zone", zone, DateTimeZone.UTC, DateTimeZone.forOffsetHours(2))
                .java("local", new LocalDate(2026, 1, 2), new LocalTime(3, 4), new LocalDateTime(2026, 1, 2, 3, 4))
                .java("parts", new YearMonth(2026, 2), new MonthDay(2, 29))
                .java("amounts", Duration.standardDays(2), Period.days(3).withHours(4), Days.days(5))
                .java("interval", new Interval(time, time.plusDays(1)))
                .java("instant", new Instant(5))
                .java("mutable", new MutableDateTime(time))
                .java("in a list", new ArrayList<>(List.of(time, new LocalDate(2026, 1, 2))));
    }

    static void groovy(Corpus corpus) {
        GString text = new GStringImpl(new Object[] {"ann", 3}, new String[] {"hello ", ", you have ", ""});
        corpus.when('J', "gstring", text, (a, b) -> a.toString().equals(b.toString()) && b.getValueCount() == 2)
                .java("tuples", new Tuple2<>("a", 1), new Tuple3<>("a", 1, List.of()))
                .java("ranges", new IntRange(1, 5), new NumberRange(1, 9))
                .java("map of gstrings", new HashMap<>(Map.of("k", text.toString())));
    }

    static void faces(Corpus corpus) {
        LRUMap<String, Object> views = new LRUMap<>(15);
        LRUMap<String, Object> logical = new LRUMap<>(7);
        logical.put("view", new Object[] {new Object[] {"state", 1, null}, new HashMap<>(Map.of("j_id1", "value"))});
        views.put("-123:456", logical);
        corpus.when('J', "view states", views, (a, b) -> {
            for (int i = 0; i < 20; i++) {
                b.put("new " + i, i);
            }
            Object[] state = (Object[]) logical.get("view");
            return b.size() == 15 && state.length == 2; // the limit came back too
        });
        corpus.when(
                        'J',
                        "view state",
                        logical,
                        (a, b) ->
                                java.util.Arrays.deepEquals(new Object[] {a.get("view")}, new Object[] {b.get("view")}))
                .when(
                        'J',
                        "message",
                        new FacesMessage(FacesMessage.SEVERITY_WARN, "short", "long"),
                        (a, b) -> b.getSeverity() == FacesMessage.SEVERITY_WARN
                                && a.getDetail().equals(b.getDetail()));
    }
}
