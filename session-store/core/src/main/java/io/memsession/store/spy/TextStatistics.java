package io.memsession.store.spy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** The text protocol's {@code stats}: answered by a line for each entry, and {@code END}. */
final class TextStatistics extends TextExchange<Map<String, String>> {
    private static final String ENTRY = "STAT ";
    private static final int MAX_ENTRIES = 10_000;

    private final Map<String, String> entries = new HashMap<>();

    TextStatistics(Peer peer, String group) {
        super(peer, group.isEmpty() ? "stats" : "stats " + group, null, line -> null);
    }

    @Override
    void take(String whole) throws IOException {
        if (whole.equals("END")) {
            answered(Map.copyOf(entries));
        } else if (!whole.startsWith(ENTRY)) {
            takeError(whole);
        } else if (entries.size() >= MAX_ENTRIES) {
            throw garbled("statistics without end");
        } else {
            int end = whole.indexOf(' ', ENTRY.length());
            entries.put(
                    whole.substring(ENTRY.length(), end < 0 ? whole.length() : end),
                    end < 0 ? "" : whole.substring(end + 1));
        }
    }
}
