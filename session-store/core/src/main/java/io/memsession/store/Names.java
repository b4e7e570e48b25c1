package io.memsession.store;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names that sessions can be found by, with their values, and how a record keeps them. */
final class Names {
    private Names() {}

    /** What the value of {@link Reserved#INDEXES} says, and who is logged in. */
    static Map<String, String> of(@Nullable Object others, Optional<String> principal) {
        Map<String, String> names = new TreeMap<>();
        if (others instanceof Map<?, ?> found) {
            found.forEach((name, value) -> names.put(String.valueOf(name), String.valueOf(value)));
        }
        names.remove(SessionIndexes.PRINCIPAL);
        principal.ifPresent(name -> names.put(SessionIndexes.PRINCIPAL, name));
        return names;
    }

    /** What the record says. */
    static Map<String, String> of(SessionRecord record, AttributeCodec codec) {
        Stamped<Slice> attribute = record.attributes().get(Reserved.INDEXES);
        Slice bytes = attribute == null ? null : attribute.value();
        Optional<String> principal = Optional.ofNullable(record.principal().value());
        try {
            return of(bytes == null ? null : codec.decode(bytes.array(), bytes.offset(), bytes.length()), principal);
        } catch (AttributeCodecException e) {
            return of(null, principal);
        }
    }

    /** The value of {@link Reserved#INDEXES} that says so; null if nothing but the principal is to be said. */
    static @Nullable Object others(Map<String, String> names) {
        TreeMap<String, String> others = new TreeMap<>(names);
        others.remove(SessionIndexes.PRINCIPAL);
        return others.isEmpty() ? null : others;
    }
}
