package io.memsession.store.kryo;

import io.memsession.store.ConfigException;
import java.io.ObjectInputFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A list of class patterns and limits in the syntax of JEP 290 (as {@code jdk.serialFilter} has it): the first pattern
 * that matches a name decides. Unlike the JDK's own, it is asked with names, before any class is loaded.
 */
final class ClassPatterns {

    /** What the patterns say of a name. */
    enum Verdict {
        ALLOWED,
        REFUSED,
        UNDECIDED
    }

    /** One pattern; {@code module} is empty if it names none. */
    private record One(boolean refuses, String module, String text) {

        boolean matches(String name) {
            if (!module.isEmpty() && !module.equals(Modules.of(name))) {
                return false;
            } else if (text.endsWith(".**")) {
                return name.startsWith(text.substring(0, text.length() - 2));
            } else if (text.endsWith(".*")) {
                String start = text.substring(0, text.length() - 1);
                return name.startsWith(start) && name.indexOf('.', start.length()) < 0;
            } else if (text.endsWith("*")) {
                return name.startsWith(text.substring(0, text.length() - 1));
            }
            return name.equals(text);
        }
    }

    private final List<One> patterns = new ArrayList<>();
    private final Map<String, Long> limits = new HashMap<>();

    private ClassPatterns() {}

    /**
     * Reads them.
     *
     * @param setting where the text comes from, for the error
     * @throws ConfigException if they are not of that syntax
     */
    static ClassPatterns parse(String setting, String text) {
        String patterns = text.strip();
        try {
            ObjectInputFilter.Config.createFilter(patterns);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(setting + "=\"" + text + "\" is no list of class patterns (" + e.getMessage()
                    + "); a right value is " + setting + "=\"com.acme.shop.**;org.joda.money.*\"");
        }
        ClassPatterns all = new ClassPatterns();
        for (String each : patterns.split(";")) {
            all.add(each);
        }
        return all;
    }

    private void add(String pattern) {
        int equals = pattern.indexOf('=');
        if (equals >= 0) {
            limits.put(
                    pattern.substring(0, equals).toLowerCase(Locale.ROOT),
                    Long.parseLong(pattern.substring(equals + 1)));
        } else if (!pattern.isEmpty()) {
            boolean refuses = pattern.startsWith("!");
            String rest = refuses ? pattern.substring(1) : pattern;
            int slash = rest.indexOf('/');
            patterns.add(new One(
                    refuses, slash < 0 ? "" : rest.substring(0, slash), rest.substring(Math.max(slash, -1) + 1)));
        }
    }

    /** What they say of a class of that name, which is no array. */
    Verdict judge(String name) {
        for (One each : patterns) {
            if (each.matches(name)) {
                return each.refuses ? Verdict.REFUSED : Verdict.ALLOWED;
            }
        }
        return Verdict.UNDECIDED;
    }

    /**
     * The limit of that name, {@code maxdepth}, {@code maxrefs}, {@code maxbytes} or {@code maxarray}, or the bound.
     */
    int limit(String name, int bound) {
        return (int) Math.min(bound, limits.getOrDefault(name, (long) bound));
    }

    /** The modules of the JDK by package: an application's classes are in none that has a name. */
    private static final class Modules {
        private static final Map<String, String> BY_PACKAGE = new HashMap<>();

        static {
            for (Module module : ModuleLayer.boot().modules()) {
                module.getPackages().forEach(each -> BY_PACKAGE.put(each, module.getName()));
            }
        }

        static String of(String name) {
            return BY_PACKAGE.getOrDefault(name.substring(0, Math.max(0, name.lastIndexOf('.'))), "");
        }
    }
}
