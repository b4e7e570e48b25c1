package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import io.memsession.store.CompressingCodec;
import io.memsession.store.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Attributes that an earlier version wrote are read by every later one, and come back the same: the corpus of the JDK's
 * and of applications' objects, as the first format wrote it.
 */
class GoldenAttributesTest {
    private static final AttributeCodec CODEC =
            new CompressingCodec(new KryoAttributeCodec(GoldenAttributesTest.class.getClassLoader()), 2_000);

    /**
     * Those whose bytes name what the compiler named, which another edition of the test's own source changes; and those
     * that hold what another Java version fills with other data, such as the rules of time zones.
     */
    private static final Set<String> NOT_KEPT = Set.of(
            "lambda",
            "set by a lambda",
            "a lambda's order",
            "calendar",
            "entry with a calendar",
            "date format",
            "time zone 0",
            "exceptions");

    private static Map<String, Corpus.Case> cases() {
        return Corpus.all().stream()
                .filter(each -> !NOT_KEPT.contains(each.name()))
                .collect(Collectors.toMap(Corpus.Case::name, Function.identity(), (a, b) -> a, TreeMap::new));
    }

    @Test
    void attributesOfFormatOneComeBackTheSame() {
        Map<String, byte[]> golden = Golden.read("1/attributes.txt");
        Map<String, Corpus.Case> cases = cases();
        List<String> wrong = new ArrayList<>();
        golden.forEach((name, bytes) -> {
            Corpus.Case known = cases.get(name);
            try {
                if (known == null || !known.isSame(CODEC.decode(bytes, 0, bytes.length))) {
                    wrong.add(name + (known == null ? " is in the corpus no longer" : " differs"));
                }
            } catch (AttributeCodecException e) {
                wrong.add(name + " " + e.getMessage());
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(golden).hasSizeGreaterThan(200);
        assertThat(golden.values()).anyMatch(bytes -> bytes[0] == 'Z').anyMatch(bytes -> bytes[0] == 'J');
    }

    /** Writes the file of a new format. */
    public static void main(String... arguments) throws IOException, AttributeCodecException {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, Corpus.Case> each : cases().entrySet()) {
            all.append(Golden.line(each.getKey(), CODEC.encode(each.getValue().value())));
        }
        Files.writeString(Path.of(arguments[0]), all);
    }
}
