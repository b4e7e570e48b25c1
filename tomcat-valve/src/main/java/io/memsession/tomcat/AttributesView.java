package io.memsession.tomcat;

import io.memsession.store.LiveSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A live session's attributes as the map that Tomcat's session class works on, so that all of Tomcat's rules for
 * listeners and bindings hold. Names are there without any value being decoded; a value is decoded when it is asked
 * for. Attributes that are not to be kept stay in this object.
 *
 * <p>Names that begin with {@link #RESERVED} are the container's; one of the application's gets that character twice,
 * so that nobody can reach what the container keeps.
 */
final class AttributesView extends AbstractMap<String, Object> implements ConcurrentMap<String, Object> {
    /** What the names of the container's own attributes begin with; no application name does, as it is kept. */
    static final String RESERVED = "\u0001";

    private final LiveSession live;
    private final BiPredicate<String, Object> kept;
    private final Consumer<Activation> told;
    private final Map<String, Object> local = new ConcurrentHashMap<>();
    private final Set<Object> present = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * The attributes of that session.
     *
     * @param kept whether an attribute of that name and value is kept in the nodes
     * @param told tells a value that it came or goes
     */
    AttributesView(LiveSession live, BiPredicate<String, Object> kept, Consumer<Activation> told) {
        this.live = live;
        this.kept = kept;
        this.told = told;
    }

    private static String inRecord(String name) {
        return name.startsWith(RESERVED) ? RESERVED + name : name;
    }

    @Override
    public @Nullable Object get(Object name) {
        Object here = local.get(name);
        if (here != null) {
            return here;
        }
        Object value = live.attribute(inRecord((String) name));
        if (value instanceof HttpSessionActivationListener listener && arrives(listener)) {
            told.accept(new Activation(listener, true));
        }
        return value;
    }

    private synchronized boolean arrives(Object listener) {
        return present.add(listener);
    }

    /** Tells the values that are here that they are about to leave. */
    void passivate() {
        List<Object> leaving;
        synchronized (this) {
            leaving = List.copyOf(present);
            present.clear();
        }
        leaving.forEach(each -> told.accept(new Activation((HttpSessionActivationListener) each, false)));
    }

    /** Whether a value is here that is to be told when it leaves. */
    synchronized boolean hasListeners() {
        return !present.isEmpty();
    }

    @Override
    public synchronized @Nullable Object put(String name, Object value) {
        Object before = get(name);
        if (value instanceof HttpSessionActivationListener) {
            present.add(value);
        }
        if (kept.test(name, value)) {
            local.remove(name);
            live.attribute(inRecord(name), value);
        } else {
            local.put(name, value);
            if (live.attribute(inRecord(name)) != null) {
                live.attribute(inRecord(name), null);
            }
        }
        return before;
    }

    @Override
    public synchronized @Nullable Object remove(Object name) {
        Object before = get(name);
        local.remove(name);
        live.attribute(inRecord((String) name), null);
        if (before instanceof HttpSessionActivationListener) {
            present.remove(before);
        }
        return before;
    }

    @Override
    public boolean containsKey(Object name) {
        return get(name) != null;
    }

    @Override
    public synchronized @Nullable Object putIfAbsent(String name, Object value) {
        Object before = get(name);
        if (before == null) {
            put(name, value);
        }
        return before;
    }

    @Override
    public synchronized boolean remove(Object name, Object value) {
        boolean same = Objects.equals(get(name), value);
        if (same) {
            remove(name);
        }
        return same;
    }

    @Override
    public synchronized boolean replace(String name, Object expected, Object value) {
        boolean same = Objects.equals(get(name), expected);
        if (same) {
            put(name, value);
        }
        return same;
    }

    @Override
    public synchronized @Nullable Object replace(String name, Object value) {
        Object before = get(name);
        if (before != null) {
            put(name, value);
        }
        return before;
    }

    /** The names there are now; values are not decoded for it. */
    @Override
    public Set<String> keySet() {
        Set<String> names = new TreeSet<>(local.keySet());
        for (String name : live.attributeNames()) {
            if (!name.startsWith(RESERVED)) {
                names.add(name);
            } else if (name.startsWith(RESERVED, RESERVED.length())) {
                names.add(name.substring(RESERVED.length()));
            }
        }
        return names;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Set<String> names = keySet();
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return names.stream()
                        .<Map.Entry<String, Object>>map(name -> new SimpleEntry<>(name, AttributesView.this.get(name)))
                        .filter(entry -> entry.getValue() != null)
                        .iterator();
            }

            @Override
            public int size() {
                return names.size();
            }
        };
    }
}
