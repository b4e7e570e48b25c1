package io.memsession.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What a native image has to keep for reflection: the collections that sessions hold and that the codec makes by name,
 * and what spymemcached loads by name. An application adds its own attributes' classes.
 */
final class MemsessionRuntimeHints implements RuntimeHintsRegistrar {
    private static final List<String> MADE_BY_NAME = List.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.util.HashSet",
            "java.util.LinkedHashSet",
            "java.util.TreeSet",
            "java.util.concurrent.ConcurrentHashMap",
            "io.memsession.store.spy.QuietLogger");

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        for (String name : MADE_BY_NAME) {
            hints.reflection()
                    .registerType(
                            TypeReference.of(name),
                            MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                            MemberCategory.ACCESS_DECLARED_FIELDS);
        }
    }
}
