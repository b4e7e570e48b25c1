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
        List<String> said = encryption.keys();
        if (said == null) {
            StoreSettings.refuse(READS_PLAIN, encryption.readsPlain(), "there are no keys");
            return null;
        }
        String keys = String.join(",", said);
        StoreSettings.refuse(KEYS, keys.isBlank(), "it is there, but empty, and sessions would be kept in clear");
        return StoreSettings.checked(
                KEYS, () -> new Sealing(EncryptionKeys.parse(KEYS, keys), encryption.readsPlain()));
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
                () -> sealing != null && !sealing.readsPlain()
                        ? ClassFilter.trusting(CLASS_FILTER, properties.classFilter())
                        : ClassFilter.strict(
                                CLASS_FILTER,
                                properties.classFilter(),
                                name -> packages.stream().anyMatch(each -> name.startsWith(each + "."))));
    }
}
