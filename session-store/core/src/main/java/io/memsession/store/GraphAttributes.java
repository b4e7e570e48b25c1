package io.memsession.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that are one graph: kept as one attribute, a map of all. An attribute that is kept by itself counts before
 * the map's: it is from before the sessions were graphs, or was set where the map cannot be read.
 */
final class GraphAttributes extends Attributes {
    private final AttributeCodec codec;

    GraphAttributes(AttributeCodec codec, SortedMap<String, Stamped<Slice>> kept) {
        super(codec, kept);
        this.codec = codec;
    }

    @Override
    @Nullable
    Object get(String name) throws AttributeCodecException {
        Object alone = super.get(name);
        return alone != null || Reserved.is(name) || unreadable(Reserved.GRAPH) ? alone : graph().get(name);
    }

    /** A new one if none is kept. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> graph() throws AttributeCodecException {
        Object graph = super.get(Reserved.GRAPH);
        return graph == null ? new TreeMap<>() : (Map<String, Object>) graph;
    }

    /** Bytes may come from anybody: what is no map of names is as unreadable as what is no object. */
    @Override
    AttributeCodec.Decoded decode(String name, Slice bytes) throws AttributeCodecException {
        AttributeCodec.Decoded decoded = super.decode(name, bytes);
        Object value = decoded.value();
        boolean named = value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance);
        if (name.equals(Reserved.GRAPH) && !named) {
            throw new AttributeCodecException(
                    "cannot be read here: a " + value.getClass().getName() + " is no session", null);
        }
        return decoded;
    }

    @Override
    void set(String name, @Nullable Object value) {
        Map<String, Object> graph = Reserved.is(name) ? null : graphOrNull();
        if (graph == null) {
            super.set(name, value);
            return;
        }
        if (super.names().contains(name)) {
            super.set(name, null);
        }
        if (value != null) {
            graph.put(name, value);
            super.set(Reserved.GRAPH, graph);
        } else if (graph.remove(name) != null) {
            super.set(Reserved.GRAPH, graph);
        }
    }

    private @Nullable Map<String, Object> graphOrNull() {
        try {
            return unreadable(Reserved.GRAPH) ? null : graph();
        } catch (AttributeCodecException e) {
            return null; // it is not changed, then
        }
    }

    @Override
    Set<String> names() {
        Set<String> names = super.names();
        Map<String, Object> graph = graphOrNull();
        if (graph != null) {
            names.addAll(graph.keySet());
        }
        return names;
    }

    /** Without the attributes that cannot be written, if there are any. */
    @Override
    @SuppressWarnings("unchecked")
    byte[] encode(String name, Object value, List<Unsaved> leftOut) throws AttributeCodecException {
        try {
            return codec.encode(value);
        } catch (AttributeCodecException e) {
            if (!name.equals(Reserved.GRAPH)) {
                throw e;
            }
            return codec.encode(writable((Map<String, Object>) value, leftOut));
        }
    }

    private Map<String, Object> writable(Map<String, Object> graph, List<Unsaved> leftOut) {
        Map<String, Object> writable = new TreeMap<>();
        graph.forEach((name, value) -> {
            try {
                codec.encode(value);
                writable.put(name, value);
            } catch (AttributeCodecException e) {
                leftOut.add(new Unsaved(name, e));
            }
        });
        return writable;
    }
}
