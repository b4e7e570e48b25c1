package io.memsession.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A memcached in the test's own memory: CAS ids count from 1, and again from 1 after a restart; what is kept expires by
 * the test's clock. Thread-safe. Clients are {@link InMemoryNode}s.
 */
public final class InMemoryServer {
    /** About what memcached takes by default: 1 MiB less the item's header and key. */
    public static final int DEFAULT_MAX_VALUE_SIZE = (1 << 20) - 350;

    private static final int ITEM_OVERHEAD = 350;

    private final InstantSource clock;
    private final int maxValueSize;
    private final TreeMap<String, Item> items = new TreeMap<>();
    private long lastCasId;
    private long commands;
    private long commandsOnSessions;
    private long evictions;
    private int life = 1;
    private boolean running = true;
    private boolean tellsLife;
    private @Nullable Map<String, Item> saved;

    @SuppressWarnings("ArrayRecordComponent")
    private record Item(byte[] value, long casId, @Nullable Instant end) {}

    /** A running, empty server of the usual item limit. */
    public InMemoryServer(InstantSource clock) {
        this(clock, DEFAULT_MAX_VALUE_SIZE);
    }

    /** A running, empty server that takes values up to that size, in bytes. */
    public InMemoryServer(InstantSource clock, int maxValueSize) {
        this.clock = clock;
        this.maxValueSize = maxValueSize;
    }

    /** Ends the server's process: what it kept is lost, and nobody can connect until {@link #start}. */
    public synchronized void kill() {
        running = false;
        items.clear();
        lastCasId = 0;
        evictions = 0;
        life++;
    }

    /** Starts it again: empty, or with what it had saved. */
    public synchronized void start() {
        running = true;
        Map<String, Item> before = saved;
        if (before != null) {
            items.putAll(before);
        }
    }

    /** Saves all that it keeps, as Redis does; from now on it starts with that. */
    synchronized void save() {
        saved = new TreeMap<>(items);
    }

    /** Kills and starts it. */
    public synchronized void restart() {
        kill();
        start();
    }

    /** Forgets one item, as memcached does when it runs short of memory. */
    public synchronized void evict(String key) {
        if (items.remove(key) != null) {
            evictions++;
        }
    }

    /** As memcached's {@code stats}: what the engine reads of it. */
    synchronized Map<String, String> statistics(String group) {
        if (!group.isEmpty()) {
            return Map.of("item_size_max", String.valueOf(maxValueSize + ITEM_OVERHEAD));
        }
        Map<String, String> counted = new TreeMap<>();
        counted.put("evictions", String.valueOf(evictions));
        counted.put("bytes", String.valueOf(items.size() * ITEM_OVERHEAD));
        counted.put("cmd_get", String.valueOf(commands));
        counted.put("time", String.valueOf(clock.instant().getEpochSecond()));
        if (tellsLife) {
            counted.put("life", String.valueOf(life));
        }
        return counted;
    }

    /** Tells which of its lives this is, as a server has to that may come back with old data. */
    synchronized void tellLife() {
        tellsLife = true;
    }

    /** The keys of everything that is kept and not expired, sorted. */
    public synchronized Set<String> keys() {
        items.keySet().removeIf(key -> live(key) == null);
        return new TreeSet<>(items.keySet());
    }

    /** What is kept under the key; counts as no command. */
    public synchronized Optional<byte[]> value(String key) {
        return Optional.ofNullable(live(key)).map(item -> item.value.clone());
    }

    /** Puts a value there, as another program would; counts as no command. */
    public synchronized void put(String key, byte[] value) {
        store(key, value, Duration.ZERO);
    }

    /** How many commands it was sent: gets, adds and compare-and-sets, whatever came of them. */
    public synchronized long commands() {
        return commands;
    }

    /** How many of them were about sessions, and not about the engine's own items. */
    public synchronized long commandsOnSessions() {
        return commandsOnSessions;
    }

    private void count(String key) {
        commands++;
        if (!key.startsWith(StoreConfig.RESERVED_PREFIX + StoreConfig.SEPARATOR)) {
            commandsOnSessions++;
        }
    }

    /** The number of the server's present life, if it runs; a connection does not outlive it. */
    synchronized Optional<Integer> life() {
        return running ? Optional.of(life) : Optional.empty();
    }

    synchronized Optional<Copy> get(String key, long connection) {
        count(key);
        return Optional.ofNullable(live(key))
                .map(item -> new Copy(item.value.clone(), new CasToken(item.casId, connection)));
    }

    synchronized Written add(String key, byte[] value, Duration ttl, long connection) {
        count(key);
        if (live(key) != null) {
            return Written.OUTDATED;
        }
        return new Written(Written.Outcome.STORED, new CasToken(store(key, value, ttl), connection));
    }

    synchronized Written set(String key, byte[] value, Duration ttl, long connection) {
        count(key);
        return new Written(Written.Outcome.STORED, new CasToken(store(key, value, ttl), connection));
    }

    synchronized Written compareAndSet(String key, CasToken seen, byte[] value, Duration ttl) {
        count(key);
        Item item = live(key);
        if (item == null) {
            return Written.GONE;
        }
        return item.casId == seen.value()
                ? new Written(Written.Outcome.STORED, new CasToken(store(key, value, ttl), seen.connection()))
                : Written.OUTDATED;
    }

    private long store(String key, byte[] value, Duration ttl) {
        Instant end = ttl.isZero()
                ? null
                : clock.instant().plusSeconds(ttl.plusNanos(999_999_999).toSeconds());
        items.put(key, new Item(Arrays.copyOf(value, value.length), ++lastCasId, end));
        return lastCasId;
    }

    private @Nullable Item live(String key) {
        Item item = items.get(key);
        return item == null || (item.end != null && !clock.instant().isBefore(item.end)) ? null : item;
    }

    boolean fits(byte[] value) {
        return value.length <= maxValueSize;
    }
}
