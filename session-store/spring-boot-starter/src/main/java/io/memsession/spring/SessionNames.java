package io.memsession.spring;

import io.memsession.store.SessionIndexes;
import java.util.HashMap;
import java.util.Map;
import org.springframework.session.FindByIndexNameSessionRepository;

/** The names that Spring sessions are looked up by, as the engine knows them: the principal's is another there. */
final class SessionNames {
    private SessionNames() {}

    static String of(String indexName) {
        return indexName.equals(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME)
                ? SessionIndexes.PRINCIPAL
                : "spring:" + indexName;
    }

    static Map<String, String> of(Map<String, String> indexes) {
        Map<String, String> names = new HashMap<>();
        indexes.forEach((name, value) -> {
            if (value != null) {
                names.put(of(name), value);
            }
        });
        return names;
    }
}
