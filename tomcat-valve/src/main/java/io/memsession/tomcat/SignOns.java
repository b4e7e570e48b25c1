package io.memsession.tomcat;

import io.memsession.store.LiveSession;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreEvents;
import io.memsession.store.StoreLog;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.catalina.authenticator.SingleSignOnEntry;
import org.jspecify.annotations.Nullable;

/**
 * Single sign-ons by id, as the map that Tomcat's valve works on, kept in the nodes as sessions are. It cannot be
 * listed.
 */
final class SignOns extends AbstractMap<String, SingleSignOnEntry> implements AutoCloseable {
    private static final String ENTRY = "entry";
    private static final Duration UNUSED = Duration.ofHours(10);

    private final SessionStore store;
    private final Duration timeout;

    private SignOns(SessionStore store, Duration timeout) {
        this.store = store;
        this.timeout = timeout;
    }

    static SignOns open(Map<String, String> texts, String host) {
        Map<String, String> all = new HashMap<>(texts);
        all.put("storageKeyPrefix", "static:sso,host");
        all.put("classFilter", "org.apache.catalina.**");
        Settings settings = Settings.read(new AttributeValues(all), new KeyPrefix.Place(host, "/", ""));
        StoreEvents log = new StoreLog(
                System.getLogger(SessionStore.class.getPackageName()),
                settings.store().nodes().size());
        Duration given = settings.maxInactiveInterval();
        return new SignOns(
                StoreOpener.MEMCACHED.open(settings, SignOns.class.getClassLoader(), log),
                given == null ? UNUSED : given);
    }

    private Optional<LiveSession> load(@Nullable Object id) {
        return id instanceof String text ? SessionId.unrouted(text).flatMap(store::load) : Optional.empty();
    }

    @Override
    public @Nullable SingleSignOnEntry get(@Nullable Object id) {
        return load(id).map(live -> live.attribute(ENTRY) instanceof SingleSignOnEntry entry ? entry : null)
                .orElse(null);
    }

    @Override
    public boolean containsKey(@Nullable Object id) {
        return get(id) != null;
    }

    @Override
    public @Nullable SingleSignOnEntry put(String id, SingleSignOnEntry entry) {
        SessionId known = SessionId.unrouted(id).orElseThrow();
        LiveSession live = store.load(known).orElseGet(() -> store.create(known, timeout));
        live.attribute(ENTRY, entry);
        live.principal(
                entry.getPrincipal() == null ? null : entry.getPrincipal().getName());
        store.save(live);
        return null;
    }

    @Override
    public @Nullable SingleSignOnEntry remove(@Nullable Object id) {
        SingleSignOnEntry entry = get(id);
        if (entry != null && id instanceof String text) {
            SessionId.unrouted(text).ifPresent(store::end);
        }
        return entry;
    }

    @Override
    public Set<Map.Entry<String, SingleSignOnEntry>> entrySet() {
        return Set.of();
    }

    @Override
    public void close() {
        store.close();
    }
}
