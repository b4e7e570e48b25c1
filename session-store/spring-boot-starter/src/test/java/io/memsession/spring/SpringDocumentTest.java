package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.memsession.store.AttributeCodecException;
import io.memsession.store.CorruptRecordException;
import io.memsession.store.ReferencePage;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/spring.md says and the code can tell. */
class SpringDocumentTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private static List<String> lines() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/spring.md"));
    }

    /** The cells of all rows whose first cell has code that begins so. */
    private static List<String[]> rows(String beginning) throws IOException {
        return lines().stream()
                .filter(line -> line.startsWith("| `" + beginning))
                .map(line -> line.substring(1).split("\\|"))
                .toList();
    }

    private static List<String> code(String cell) {
        return CODE.matcher(cell).results().map(found -> found.group(1)).toList();
    }

    @Test
    void itsSettingsAreThePropertiesWithTheirDefaults() throws IOException {
        Map<String, String> told = new TreeMap<>();
        for (String[] row : rows("memsession.")) {
            if (row.length == 3) {
                String said = code(row[1]).stream().findFirst().orElse("");
                code(row[0]).forEach(name -> told.put(name, said));
            }
        }
        assertThat(told).isEqualTo(Metadata.properties());
    }

    @Test
    void theReferenceHasThePropertiesAsTheStarterTellsThem() throws IOException {
        Map<String, String> defaults = Metadata.properties();
        List<List<String>> rows = new ArrayList<>();
        Metadata.descriptions().forEach((name, description) -> {
            String otherwise = defaults.getOrDefault(name, "");
            rows.add(List.of(
                    "`" + name + "`",
                    otherwise.isEmpty() ? "" : "`" + otherwise + "`",
                    description.replace("*", "\\*")));
        });
        ReferencePage.holds("Spring Boot: properties", List.of("property", "default", "meaning"), rows);
    }

    @Test
    void itsMetersAreThoseThatAreRegistered() throws Exception {
        Map<String, String> told = new TreeMap<>();
        for (String[] row : rows("memsession.")) {
            if (row.length == 4) {
                told.put(code(row[0]).get(0), row[1].strip() + code(row[2]));
            }
        }
        assertThat(told).isEqualTo(registered());
    }

    /** All meters, after everything has happened once that can: with their kinds and tags. */
    private static Map<String, String> registered() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StoreMeters meters = new StoreMeters();
        meters.bindTo(registry);
        for (Method event : StoreEvents.class.getMethods()) {
            if (event.isDefault()) {
                event.invoke(
                        meters,
                        Stream.of(event.getParameterTypes())
                                .map(SpringDocumentTest::something)
                                .toArray());
            }
        }
        try (SessionStore store = new Stores().open()) {
            new NodeMeters().bind(store, registry);
        }
        Map<String, String> registered = new TreeMap<>();
        registry.getMeters()
                .forEach(meter -> registered.put(
                        meter.getId().getName(),
                        meter.getId().getType().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + meter.getId().getTags().stream()
                                        .map(tag -> tag.getKey())
                                        .toList()));
        return registered;
    }

    private static Object something(Class<?> type) {
        return Map.<Class<?>, Object>of(
                        String.class,
                        "n1",
                        boolean.class,
                        true,
                        int.class,
                        1,
                        long.class,
                        1L,
                        Duration.class,
                        Duration.ofMillis(1),
                        List.class,
                        List.of("n1"),
                        SessionId.class,
                        new SessionId("id", null, null),
                        CorruptRecordException.class,
                        new CorruptRecordException("cut short"),
                        AttributeCodecException.class,
                        new AttributeCodecException("no class", null),
                        Throwable.class,
                        new IllegalStateException())
                .get(type);
    }

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String line : lines()) {
            code(line).stream()
                    .filter(text -> text.matches("[A-Z]\\w+(Test|IT)|(an?|the|with|statement|meters)[A-Z0-9]\\w+"))
                    .forEach(named::add);
        }
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(tests()).containsAll(named);
    }

    /** The names of all test classes of the project, and of the test methods in them. */
    private static Set<String> tests() throws IOException {
        Pattern name = Pattern.compile("(?:class|void) (\\w+)");
        Set<String> names = new TreeSet<>();
        for (String module :
                List.of("session-store/core", "session-store/spring-boot-starter", "tomcat-valve", "e2e")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Matcher matcher = name.matcher(Files.readString(file));
                    while (matcher.find()) {
                        names.add(matcher.group(1));
                    }
                }
            }
        }
        return names;
    }

    @Test
    void everyStatementHasATestOrAReasonWhyNot() throws IOException {
        Set<Integer> tested = new ClassFileImporter()
                .importPath(Path.of("target/test-classes")).stream()
                        .flatMap(each -> each.getMethods().stream())
                        .map(JavaMethod::getName)
                        .filter(name -> name.matches("statements?\\d.*"))
                        .flatMap(name -> Pattern.compile("(?:^statements?|\\GAnd)(\\d+)")
                                .matcher(name)
                                .results()
                                .map(found -> Integer.valueOf(found.group(1))))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> excused = lines().stream()
                .filter(line -> line.matches("\\| statement \\d+ \\|.*"))
                .map(line -> Integer.valueOf(line.split("[ |]+")[2]))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Integer> both = new TreeSet<>(tested);
        both.addAll(excused);
        assertThat(both)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 76).boxed().toList());
        assertThat(tested).doesNotContainAnyElementsOf(excused);
    }
}
