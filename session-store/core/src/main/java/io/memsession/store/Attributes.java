package io.memsession.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a live session: bytes until they are asked for, values from then on. A value has changed when its
 * bytes would differ from those that are kept, whether it was set again or changed in place. Not thread-safe.
 */
class Attributes {
    /** An attribute that was read or set. */
    private static final class Slot {
        private @Nullable Slice kept;
        private @Nullable Object value;
        private boolean set;
        private boolean unreadable;
        private boolean whole;
        private int revision;
        private long asked;
    }

    /** What {@link #changes} found, and what it was found in, so that later changes are told from it. */
    record Changes(
            SortedMap<String, Optional<Slice>> changed,
            Map<String, Integer> revisions,
            List<Unsaved> unsaved,
            long askedUntil) {}

    /** An attribute that could not be written. */
    record Unsaved(String name, AttributeCodecException why) {}

    private final AttributeCodec codec;
    private final Map<String, Slot> slots = new HashMap<>();
    private boolean onlySet;
    private long asked;
    private long settled;
    private long atRest;
    private SortedMap<String, Stamped<Slice>> kept;

    Attributes(AttributeCodec codec, SortedMap<String, Stamped<Slice>> kept) {
        this.codec = codec;
        this.kept = kept;
    }

    /** The attributes of a session that were kept, as the codec wants them: one by one, or as one graph. */
    static Attributes of(AttributeCodec codec, SortedMap<String, Stamped<Slice>> kept) {
        return codec instanceof SessionGraphCodec ? new GraphAttributes(codec, kept) : new Attributes(codec, kept);
    }

    /** The value; null if there is none. */
    @Nullable
    Object get(String name) throws AttributeCodecException {
        Slot slot = slots.get(name);
        if (slot == null) {
            Slice bytes = kept(name);
            if (bytes == null) {
                return null;
            }
            slot = new Slot();
            slot.kept = bytes;
            slots.put(name, slot);
            slot.unreadable = true;
            AttributeCodec.Decoded decoded = decode(name, bytes);
            slot.value = decoded.value();
            slot.whole = decoded.whole();
            slot.unreadable = false;
        }
        slot.asked = ++asked;
        return slot.value;
    }

    void set(String name, @Nullable Object value) {
        Slot slot = slots.computeIfAbsent(name, unread -> {
            Slot fresh = new Slot();
            fresh.kept = kept(name);
            return fresh;
        });
        slot.value = value;
        slot.set = true;
        slot.unreadable = false;
        slot.revision++;
        slot.asked = ++asked;
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        kept.forEach((name, attribute) -> {
            if (attribute.value() != null && !Reserved.is(name)) {
                names.add(name);
            }
        });
        slots.forEach((name, slot) -> {
            if (slot.value != null && !Reserved.is(name)) {
                names.add(name);
            } else if (slot.set) {
                names.remove(name);
            }
        });
        return names;
    }

    /** Whether its bytes were found to be unreadable here. */
    final boolean unreadable(String name) {
        Slot slot = slots.get(name);
        return slot != null && slot.unreadable;
    }

    /** The value of bytes that are kept. */
    AttributeCodec.Decoded decode(String name, Slice bytes) throws AttributeCodecException {
        return codec.read(bytes.array(), bytes.offset(), bytes.length());
    }

    /** The bytes of a value; what has to be left out of them is noted. */
    byte[] encode(String name, Object value, List<Unsaved> leftOut) throws AttributeCodecException {
        return codec.encode(value);
    }

    /** The next look is at all values, also at those at rest. */
    void wake() {
        atRest = 0;
        settled = 0;
    }

    private @Nullable Slice kept(String name) {
        Stamped<Slice> attribute = kept.get(name);
        return attribute == null ? null : attribute.value();
    }

    /** From now on a value that was changed in place is not looked for. */
    void keepOnlyWhatIsSet() {
        onlySet = true;
    }

    /**
     * What differs from what is kept. An attribute that cannot be written is left as it is kept. Values at rest are
     * looked at only if another one has changed.
     */
    Changes changes() {
        settled = atRest;
        Changes changes = new Changes(new TreeMap<>(), new HashMap<>(), new ArrayList<>(), asked);
        note(changes, slot -> slot.asked > atRest);
        if (!changes.changed.isEmpty()) {
            note(changes, slot -> slot.asked <= atRest);
        }
        return changes;
    }

    private void note(Changes changes, Predicate<Slot> which) {
        slots.forEach((name, slot) -> {
            if (which.test(slot)) {
                try {
                    note(name, slot, changes);
                } catch (AttributeCodecException e) {
                    changes.unsaved.add(new Unsaved(name, e));
                }
            }
        });
    }

    /** Nobody is at work on the values: if the last look at them ended well, they are at rest until asked for again. */
    void rest() {
        atRest = settled;
    }

    private void note(String name, Slot slot, Changes changes) throws AttributeCodecException {
        if (slot.unreadable || (!slot.set && (onlySet || slot.value == null || Immutables.contain(slot.value)))) {
            return;
        }
        Slice bytes = slot.value == null ? null : Slice.of(encode(name, slot.value, changes.unsaved));
        changes.revisions.put(name, slot.revision);
        if (bytes == null ? slot.kept != null : differs(bytes, slot)) {
            changes.changed.put(name, Optional.ofNullable(bytes));
        }
    }

    /**
     * Whether a value with those bytes is another than the one that is kept. Other bytes alone do not tell: an older
     * version of a class does not write the fields that a newer one wrote, and a server that merely reads must not
     * strip them; a hash table that was read may have another order. So what is kept is read and written once more, and
     * compared with that; unless the value was set by somebody who had read all of it.
     */
    private boolean differs(Slice bytes, Slot slot) {
        Slice before = slot.kept;
        if (before == null || bytes.equals(before)) {
            return before == null;
        }
        if (slot.set && slot.whole) {
            return true;
        }
        try {
            Object read = codec.decode(before.array(), before.offset(), before.length());
            return !bytes.equals(Slice.of(codec.encode(read)));
        } catch (AttributeCodecException e) {
            return true;
        }
    }

    /** The changes are kept now, or there were none. */
    void saved(Changes changes) {
        settled = changes.askedUntil;
        changes.revisions.forEach((name, revision) -> {
            Slot slot = slots.get(name);
            if (slot == null) {
                return;
            }
            Optional<Slice> bytes = changes.changed.get(name);
            if (bytes != null) {
                slot.kept = bytes.orElse(null);
                slot.whole = true;
            }
            if (slot.revision == revision) {
                slot.set = false;
            }
        });
    }

    /** Takes over what others changed, unless it was changed here too: then what is here is written over it. */
    void takeOver(SortedMap<String, Stamped<Slice>> newer) {
        kept = newer;
        slots.entrySet().removeIf(each -> outdated(each.getKey(), each.getValue()));
    }

    private boolean outdated(String name, Slot slot) {
        Slice now = kept(name);
        boolean same = now == null ? slot.kept == null : now.equals(slot.kept);
        if (same || slot.set || changedInPlace(name, slot)) {
            slot.kept = now;
            slot.whole &= same;
            return false;
        }
        return true;
    }

    private boolean changedInPlace(String name, Slot slot) {
        if (slot.value == null || slot.unreadable || Immutables.contain(slot.value)) {
            return false;
        }
        try {
            return differs(Slice.of(encode(name, slot.value, new ArrayList<>())), slot);
        } catch (AttributeCodecException e) {
            return true;
        }
    }
}
