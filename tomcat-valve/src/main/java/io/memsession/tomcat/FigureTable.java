package io.memsession.tomcat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/** A table of whole numbers as JMX shows it, whose rows have names. */
final class FigureTable {
    private final String[] columns;
    private final TabularDataSupport table;

    /**
     * An empty one.
     *
     * @param key what the rows' names are
     * @param figures what the numbers of a row are
     */
    FigureTable(String name, String key, List<String> figures) {
        columns = Stream.concat(Stream.of(key), figures.stream()).toArray(String[]::new);
        OpenType<?>[] types = IntStream.range(0, columns.length)
                .mapToObj(i -> i == 0 ? SimpleType.STRING : SimpleType.LONG)
                .toArray(OpenType<?>[]::new);
        try {
            CompositeType row = new CompositeType(name, name, columns, columns, types);
            table = new TabularDataSupport(new TabularType(name, name, row, new String[] {key}));
        } catch (OpenDataException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Adds a row, with a number for each figure. */
    FigureTable row(String name, List<Long> figures) {
        Object[] values = Stream.concat(Stream.of(name), figures.stream()).toArray();
        try {
            table.put(new CompositeDataSupport(table.getTabularType().getRowType(), columns, values));
        } catch (OpenDataException e) {
            throw new IllegalArgumentException(e);
        }
        return this;
    }

    TabularData data() {
        return table;
    }
}
