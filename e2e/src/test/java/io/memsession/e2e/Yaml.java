package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A part of a YAML file; asking for what is not there fails.
 *
 * @param value a map, a list or a scalar
 */
record Yaml(Object value) {

    /** The documents of a file. */
    static List<Yaml> documents(Path file) {
        try {
            Iterable<Object> all = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()))
                    .loadAll(Files.readString(file));
            return StreamSupport.stream(all.spliterator(), false).map(Yaml::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What lies under those names and, in lists, indexes. */
    Yaml at(Object... path) {
        Object here = value;
        for (Object step : path) {
            Object next = step instanceof Integer index ? ((List<?>) here).get(index) : ((Map<?, ?>) here).get(step);
            here = Objects.requireNonNull(next, () -> step + " is not in " + value);
        }
        return new Yaml(here);
    }

    /** The elements of a list. */
    List<Yaml> list() {
        return ((List<?>) value)
                .stream()
                        .map(element -> new Yaml(Objects.requireNonNull(element)))
                        .toList();
    }

    /** The texts of a list. */
    List<String> texts() {
        return list().stream().map(Yaml::text).toList();
    }

    /** The entries of a map. */
    Map<String, Yaml> map() {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        ((Map<?, ?>) value)
                .forEach((name, entry) -> entries.put(name.toString(), new Yaml(Objects.requireNonNull(entry))));
        return entries;
    }

    String text() {
        return value.toString();
    }
}
