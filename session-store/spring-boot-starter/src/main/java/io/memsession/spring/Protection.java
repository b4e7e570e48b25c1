package io.memsession.spring;

import io.memsession.store.EncryptionKeys;
import io.memsession.store.Sealing;
import io.memsession.store.kryo.ClassFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;

/** What protects sessions from who reaches the memcacheds, as the application's properties say it. */
final class Protection {
    private static final String KEYS = "memsession.encryption.keys";
    private static final String READS_PLAIN = "memsession.encryption.reads-plain";
    private static final String CLASS_FILTER = "memsession.class-filter";

    private Protection() {}

    /**
     * How records are sealed; null if they are not.
     *
     * @throws PropertyException if the keys cannot be used
     */
    static @Nullable Sealing sealing(MemsessionProperties.Encryption encryption) {
        String keys = String.join(",", encryption.keys());
        if (!keys.isBlank()) {
            return StoreSettings.checked(
                    KEYS,
                    "Make a key with: openssl rand -base64 32, and set " + KEYS
                            + "=k1:<its 44 characters>, or to file:<path> of a file that holds it in this form.",
                    () -> new Sealing(EncryptionKeys.parse(KEYS, keys), encryption.readsPlain()));
        }
        if (encryption.readsPlain()) {
            throw new PropertyException(
                    READS_PLAIN,
                    "is true, but there are no keys.",
                    "It is for the time after keys were set. Leave it out, or set " + KEYS + ".");
        }
        return null;
    }

    /**
     * Which classes sessions may hold.
     *
     * @throws PropertyException if the patterns cannot be used
     */
    static ClassFilter filter(MemsessionProperties properties, BeanFactory beans) {
        Sealing sealing = sealing(properties.encryption());
        List<String> packages = AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
        return StoreSettings.checked(
                CLASS_FILTER,
                "Set it to class patterns such as " + CLASS_FILTER
                        + "=com.acme.shop.**;org.joda.money.*, or leave it out.",
                () -> sealing != null && !sealing.readsPlain()
                        ? ClassFilter.trusting(CLASS_FILTER, properties.classFilter())
                        : ClassFilter.strict(
                                CLASS_FILTER,
                                properties.classFilter(),
                                name -> packages.stream().anyMatch(each -> name.startsWith(each + "."))));
    }
}
