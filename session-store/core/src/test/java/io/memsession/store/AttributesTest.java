package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private int decoded;
    private int encoded;
    private final Attributes attributes =
            new Attributes(new CountingCodec(), kept("list", "a,b", "text", "Aa", "bad", "!"));

    @Test
    void decodesWhatIsAskedForOnceAndNothingElse() throws Exception {
        assertThat(attributes.get("list")).isSameAs(attributes.get("list"));
        assertThat(attributes.names()).containsExactly("bad", "list", "text");
        assertThat(decoded).isEqualTo(1);
    }

    @Test
    void encodesOnlyWhatCouldHaveChanged() throws Exception {
        attributes.get("text");
        attributes.get("list");
        assertThat(attributes.changes().changed()).isEmpty();
        assertThat(encoded).as("text cannot change in place").isEqualTo(1);
    }

    @Test
    void aChangeInPlaceIsAChange() throws Exception {
        list("list").add("c");
        assertThat(attributes.changes().changed()).containsOnlyKeys("list");
    }

    @Test
    @SuppressWarnings("UnnecessaryStringBuilder") // a value that can change in place
    void whatAnOlderClassMerelyReadsIsNotStripped() throws Exception {
        AttributeCodec older = new AttributeCodec() {
            @Override
            public byte[] encode(Object value) {
                return value.toString().getBytes(UTF_8);
            }

            @Override
            public Object decode(byte[] bytes, int offset, int length) {
                return new StringBuilder(new String(bytes, offset, length, UTF_8).replace("+new", ""));
            }
        };
        Attributes read = new Attributes(older, kept("text", "old+new"));
        StringBuilder text = (StringBuilder) read.get("text");
        assertThat(read.changes().changed()).isEmpty();
        read.set("text", text);
        assertThat(read.changes().changed()).isEmpty();
        text.append("er");
        assertThat(read.changes().changed()).containsOnlyKeys("text");
    }

    @Test
    void settingTheSameAgainIsNone() {
        attributes.set("text", "Aa");
        assertThat(attributes.changes().changed()).isEmpty();
    }

    @Test
    void valuesOfOneHashCodeAreTold() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        attributes.set("text", "BB");
        assertThat(attributes.changes().changed()).containsOnlyKeys("text");
    }

    @Test
    void aRemovedAttributeHasNoNameAndNoValue() throws Exception {
        attributes.set("text", null);
        assertThat(attributes.get("text")).isNull();
        assertThat(attributes.names()).doesNotContain("text");
        assertThat(attributes.changes().changed()).containsEntry("text", Optional.empty());
    }

    @Test
    void removingWhatWasNeverThereIsNoChange() {
        attributes.set("other", null);
        assertThat(attributes.changes().changed()).isEmpty();
    }

    @Test
    void anUnreadableAttributeKeepsItsBytes() throws Exception {
        assertThatThrownBy(() -> attributes.get("bad")).isInstanceOf(AttributeCodecException.class);
        assertThat(attributes.get("bad")).isNull();
        assertThat(attributes.names()).contains("bad");
        assertThat(attributes.changes().changed()).isEmpty();
    }

    @Test
    void anUnreadableAttributeCanBeSetAnew() {
        assertThatThrownBy(() -> attributes.get("bad")).isInstanceOf(AttributeCodecException.class);
        attributes.set("bad", "good");
        assertThat(attributes.changes().changed()).containsOnlyKeys("bad");
    }

    @Test
    void msm224AnAttributeThatCannotBeWrittenDoesNotKeepTheOthersFromIt() {
        attributes.set("text", "new");
        attributes.set("thread", new Thread());
        Attributes.Changes changes = attributes.changes();
        assertThat(changes.changed()).containsOnlyKeys("text");
        assertThat(changes.unsaved()).extracting(Attributes.Unsaved::name).containsExactly("thread");
    }

    @Test
    void whatIsSavedIsNoChangeAnyMore() throws Exception {
        list("list").add("c");
        attributes.saved(attributes.changes());
        assertThat(attributes.changes().changed()).isEmpty();
        list("list").remove("c");
        assertThat(attributes.changes().changed()).containsOnlyKeys("list");
    }

    @Test
    void whatIsSetWhileASaveIsUnderWayIsAChangeAfterIt() {
        attributes.set("text", "first");
        Attributes.Changes changes = attributes.changes();
        attributes.set("text", "second");
        attributes.saved(changes);
        assertThat(attributes.changes().changed()).containsOnlyKeys("text");
    }

    @Test
    void takesOverWhatOthersChanged() throws Exception {
        attributes.get("text");
        attributes.takeOver(kept("list", "a,b", "text", "theirs"));
        assertThat(attributes.get("text")).isEqualTo("theirs");
        assertThat(attributes.names()).containsExactly("list", "text");
    }

    @Test
    void keepsTheObjectOfAnAttributeThatNobodyChanged() throws Exception {
        List<String> before = list("list");
        attributes.takeOver(kept("list", "a,b", "text", "theirs"));
        assertThat(attributes.get("list")).isSameAs(before);
    }

    @Test
    void whatWasChangedHereTooIsWrittenOverIt() throws Exception {
        list("list").add("mine");
        attributes.set("text", "mine");
        attributes.takeOver(kept("list", "theirs", "text", "theirs"));
        assertThat(list("list")).contains("mine");
        assertThat(attributes.get("text")).isEqualTo("mine");
        assertThat(attributes.changes().changed()).containsOnlyKeys("list", "text");
    }

    @Test
    void aValueAtRestIsNotLookedAtUntilItIsAskedForAgain() throws Exception {
        list("list");
        atRest();
        encoded = 0;
        assertThat(attributes.changes().changed()).isEmpty();
        assertThat(encoded).isZero();
        list("list").add("c");
        assertThat(attributes.changes().changed()).containsOnlyKeys("list");
    }

    @Test
    void aValueAtRestIsLookedAtWhenAnotherHasChanged() throws Exception {
        List<String> list = list("list");
        atRest();
        list.add("c");
        attributes.set("text", "new");
        assertThat(attributes.changes().changed()).containsOnlyKeys("list", "text");
    }

    @Test
    void aValueThatIsAskedForAfterTheLastLookIsNotAtRest() throws Exception {
        list("list");
        Attributes.Changes changes = attributes.changes();
        List<String> asked = list("list");
        attributes.saved(changes);
        attributes.rest();
        asked.add("c");
        assertThat(attributes.changes().changed()).containsOnlyKeys("list");
    }

    @Test
    void aValueWhoseLastLookCameToNothingIsNotAtRest() throws Exception {
        list("list");
        attributes.saved(attributes.changes());
        List<String> asked = list("list");
        asked.add("c");
        assertThat(attributes.changes().changed()).as("and is not kept").containsOnlyKeys("list");
        attributes.rest();
        assertThat(attributes.changes().changed()).containsOnlyKeys("list");
    }

    private void atRest() {
        attributes.saved(attributes.changes());
        attributes.rest();
    }

    @SuppressWarnings("unchecked")
    private List<String> list(String name) throws AttributeCodecException {
        return (List<String>) attributes.get(name);
    }

    private static SortedMap<String, Stamped<Slice>> kept(String... namesAndValues) {
        SortedMap<String, Stamped<Slice>> kept = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            byte[] bytes = namesAndValues[i + 1].getBytes(UTF_8);
            kept.put(namesAndValues[i], new Stamped<>(new Stamp(1, 1), Slice.of(bytes)));
        }
        return kept;
    }

    /** Strings as they are, lists with commas; "!" cannot be read. */
    private final class CountingCodec implements AttributeCodec {
        @Override
        public byte[] encode(Object value) throws AttributeCodecException {
            encoded++;
            if (!(value instanceof String || value instanceof List<?>)) {
                throw new AttributeCodecException(value.getClass().getName() + " cannot be written", null);
            }
            String text =
                    value instanceof List<?> list ? String.join(",", list.toArray(new String[0])) : (String) value;
            return text.getBytes(UTF_8);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) throws AttributeCodecException {
            decoded++;
            String text = new String(bytes, offset, length, UTF_8);
            if (text.equals("!")) {
                throw new AttributeCodecException("cannot be read here", null);
            }
            return text.contains(",") ? new ArrayList<>(Arrays.asList(text.split(","))) : text;
        }
    }
}
