package io.memsession.store.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Redis tells of itself ({@code INFO}), with memcached's names for what the engine reads.
 *
 * @param entries its own entries, by name
 */
record ServerInfo(Map<String, String> entries) {
    private static final Pattern KEYS = Pattern.compile("keys=(\\d{1,18}),.*");

    /** What Redis takes unless it is told otherwise ({@code proto-max-bulk-len}). */
    private static final long LARGEST_VALUE = 512L << 20;

    /** What there is to know of how it was set; the same for all. */
    static final Map<String, String> SETTINGS =
            Map.of("item_size_max", String.valueOf(LARGEST_VALUE), "cas_enabled", "yes", "lru_crawler", "yes");

    static ServerInfo parse(String text) {
        Map<String, String> entries = new HashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                entries.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return new ServerInfo(entries);
    }

    String version() {
        return entries.getOrDefault("redis_version", "");
    }

    /**
     * Which life of the server this is: it changes when the server restarts, with or without old data, and when it
     * follows another server or leaves off. Empty if it does not say.
     */
    String life() {
        String run = entries.getOrDefault("run_id", "");
        return run.isEmpty() ? "" : run + "/" + entries.getOrDefault("master_replid", "");
    }

    /** Whether it follows another server, and takes no writes of its own. */
    boolean follows() {
        return "slave".equals(entries.get("role"));
    }

    /** Under memcached's names, beside its own. */
    Map<String, String> statistics() {
        Map<String, String> all = new HashMap<>(entries);
        all.put("life", life());
        all.put("version", version());
        rename(all, "evictions", entries.get("evicted_keys"));
        rename(all, "uptime", entries.get("uptime_in_seconds"));
        rename(all, "bytes", entries.get("used_memory"));
        rename(all, "limit_maxbytes", entries.get("maxmemory"));
        rename(all, "cmd_get", entries.get("total_commands_processed")); // it does not tell reads from writes
        String micros = entries.getOrDefault("server_time_usec", "");
        rename(all, "time", micros.length() > 6 ? micros.substring(0, micros.length() - 6) : null);
        all.put("curr_items", String.valueOf(items()));
        return all;
    }

    private static void rename(Map<String, String> all, String name, @Nullable String value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    private long items() {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().matches("db\\d+"))
                .map(entry -> KEYS.matcher(entry.getValue()))
                .filter(Matcher::matches)
                .mapToLong(keys -> Long.parseLong(keys.group(1)))
                .sum();
    }
}
