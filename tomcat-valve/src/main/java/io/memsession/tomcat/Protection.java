package io.memsession.tomcat;

import io.memsession.store.ConfigException;
import io.memsession.store.EncryptionKeys;
import io.memsession.store.Sealing;
import io.memsession.store.kryo.ClassFilter;
import java.net.URL;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What protects sessions from who reaches the nodes, as the Manager's attributes say it.
 *
 * @param sealing how records are sealed; null if they are not
 * @param classFilter class patterns in the syntax of JEP 290; may be empty
 */
record Protection(@Nullable Sealing sealing, String classFilter) {
    private static final String KEYS = "encryptionKeys";
    private static final String READ_PLAIN = "encryptionReadsPlain";
    private static final String CLASS_FILTER = "classFilter";

    /**
     * Reads {@code encryptionKeys}, {@code encryptionReadsPlain} and {@code classFilter}.
     *
     * @throws ConfigException if one of them cannot be used; the message names it and shows a right value
     */
    static Protection read(Function<String, @Nullable String> attributes) {
        String keys = attributes.apply(KEYS);
        boolean readsPlain = flag(attributes.apply(READ_PLAIN));
        String patterns = attributes.apply(CLASS_FILTER);
        if (keys == null && readsPlain) {
            throw new ConfigException(READ_PLAIN + "=\"true\" without " + KEYS
                    + ": it is for the time after keys were set; leave it out");
        }
        Protection protection = new Protection(
                keys == null ? null : new Sealing(EncryptionKeys.parse(KEYS, keys), readsPlain),
                patterns == null ? "" : patterns);
        ClassFilter.trusting(CLASS_FILTER, protection.classFilter); // checks the patterns
        return protection;
    }

    private static boolean flag(@Nullable String text) {
        String word = text == null ? "false" : text.strip();
        if (!word.equals("true") && !word.equals("false")) {
            throw new ConfigException(READ_PLAIN + "=\"" + text + "\" is neither true nor false; a right value is "
                    + READ_PLAIN + "=\"true\"");
        }
        return word.equals("true");
    }

    boolean seals() {
        return sealing != null;
    }

    /** Which classes sessions of that application may hold. */
    ClassFilter filter(ClassLoader application) {
        return sealing != null && !sealing.readsPlain()
                ? ClassFilter.trusting(CLASS_FILTER, classFilter)
                : ClassFilter.strict(CLASS_FILTER, classFilter, name -> isIn(application, name));
    }

    /** Whether the class comes from the application's {@code WEB-INF/classes}. Loads nothing. */
    private static boolean isIn(ClassLoader application, String name) {
        URL place = application.getResource(name.replace('.', '/') + ".class");
        return place != null && place.toString().contains("/WEB-INF/classes/");
    }
}
