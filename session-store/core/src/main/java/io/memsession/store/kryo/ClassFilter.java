package io.memsession.store.kryo;

import java.net.URL;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which classes may be named in an attribute's bytes, asked by name before any class is loaded; the same for attributes
 * written by Kryo and by Java serialization, for writing and for reading.
 *
 * <p>The denied classes never may; those that the codec has serializers for always may. For the others the setting's
 * patterns decide (in the syntax of JEP 290, such as {@code com.acme.**;!com.acme.admin.*}), and where they say
 * nothing: a trusting filter allows, because it is meant for sealed records, which strangers cannot write; a strict one
 * allows only well-known frameworks and the application's own classes.
 */
public final class ClassFilter {
    private static final int REMEMBERED = 10_000;
    private static final Set<String> TABLE = KnownClasses.all().stream()
            .filter(known -> known.type() != URL.class) // in mode J it would be read with its hash code, or without one
            .map(known -> elementName(known.type().getName()))
            .collect(Collectors.toUnmodifiableSet());

    private final String setting;
    private final ClassPatterns patterns;
    private final boolean trusting;
    private final Predicate<String> own;
    private final Map<String, String> judged = new ConcurrentHashMap<>(); // "" for an allowed one, otherwise why not

    private ClassFilter(String setting, String patterns, boolean trusting, Predicate<String> own) {
        this.setting = setting;
        this.patterns = ClassPatterns.parse(setting, patterns);
        this.trusting = trusting;
        this.own = own;
    }

    /**
     * A filter for sealed records.
     *
     * @param setting the name of the setting that the patterns come from, for messages
     * @param patterns the patterns; may be empty
     * @throws io.memsession.store.ConfigException if they cannot be read
     */
    public static ClassFilter trusting(String setting, String patterns) {
        return new ClassFilter(setting, patterns, true, name -> false);
    }

    /**
     * A filter for records that anybody who reaches a node may have written.
     *
     * @param setting the name of the setting that the patterns come from, for messages
     * @param patterns the patterns; may be empty
     * @param own whether a class of that binary name is the application's own; must not load it
     * @throws io.memsession.store.ConfigException if they cannot be read
     */
    public static ClassFilter strict(String setting, String patterns, Predicate<String> own) {
        return new ClassFilter(setting, patterns, false, own);
    }

    /** Whether bytes are taken for the application's own, so that what they cost to read need not be bounded. */
    boolean trusting() {
        return trusting;
    }

    /** A limit of the patterns, if it is lower than the bound. */
    int limit(String name, int bound) {
        return patterns.limit(name, bound);
    }

    /** Why a class of that binary name, or an array of it, may not be named; null if it may. */
    @Nullable
    String refusal(String binaryName) {
        String name = elementName(binaryName);
        String known = judged.get(name);
        if (known == null) {
            known = judge(name);
            if (judged.size() >= REMEMBERED) {
                judged.clear(); // names come from outside
            }
            judged.put(name, known);
        }
        return known.isEmpty() ? null : known;
    }

    private String judge(String name) {
        if (DeniedClasses.contains(name)) {
            return "class " + name + " is denied: it is known for use in attacks";
        }
        if (TABLE.contains(name) || name.length() == 1) { // the element of an array of a primitive type has one letter
            return "";
        }
        ClassPatterns.Verdict verdict = patterns.judge(name);
        if (verdict == ClassPatterns.Verdict.REFUSED) {
            return "class " + name + " is refused by " + setting;
        }
        boolean allowed = verdict == ClassPatterns.Verdict.ALLOWED
                || trusting
                || FrameworkClasses.PATTERNS.judge(name) == ClassPatterns.Verdict.ALLOWED
                || own.test(name);
        return allowed ? "" : unknown(name);
    }

    private String unknown(String name) {
        String all = name.substring(0, name.lastIndexOf('.') + 1) + "*";
        return "class " + name + " is not allowed: without an encryption key only the application's own classes and"
                + " those of known frameworks are; if sessions should hold it, add " + all + " to " + setting;
    }

    private static String elementName(String name) {
        int dimensions = 0;
        while (dimensions < name.length() && name.charAt(dimensions) == '[') {
            dimensions++;
        }
        boolean object = dimensions > 0 && name.startsWith("L", dimensions) && name.endsWith(";");
        return object ? name.substring(dimensions + 1, name.length() - 1) : name.substring(dimensions);
    }
}
