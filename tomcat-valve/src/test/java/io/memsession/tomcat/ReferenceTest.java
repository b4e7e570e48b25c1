package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.ReferencePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/reference.md and docs/configuration.md say of Tomcat's settings, and what the code has. */
@Tag("servers")
class ReferenceTest {
    private static final Path SOURCES = Path.of("src/main/java/io/memsession/tomcat");
    private static final Path DESCRIPTORS = Path.of("src/main/resources/io/memsession/tomcat/mbeans-descriptors.xml");
    private static final Path GUIDE = Path.of("../docs/configuration.md");
    private static final Pattern SETTER =
            Pattern.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s+public void set(\\w+)\\(String", Pattern.DOTALL);
    private static final Pattern DEFAULT = Pattern.compile(
            "(?:`([^`]*)`|\\b([\\d,]*\\d)),? (?:by|the) default|[Bb]y default (?:`([^`]*)`|([\\d,]*\\d))");
    private static final Pattern SHOWN =
            Pattern.compile("<attribute name=\"(\\w+)\" type=\"([^\"]*)\" description=\"([^\"]*)\"([^>]*)>");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final List<String> COLUMNS = List.of("attribute", "default", "meaning");

    /** What the setters of a bean say, by the name of the attribute. */
    private static Map<String, String> said(String bean) throws IOException {
        Map<String, String> said = new TreeMap<>();
        Matcher setter = SETTER.matcher(Files.readString(SOURCES.resolve(bean + ".java")));
        while (setter.find()) {
            String name = setter.group(2).substring(0, 1).toLowerCase(Locale.ROOT)
                    + setter.group(2).substring(1);
            said.put(name, ReferencePage.markdown(setter.group(1)));
        }
        assertThat(said).isNotEmpty();
        return said;
    }

    private static String defaultOf(String meaning) {
        Matcher matcher = DEFAULT.matcher(meaning);
        if (!matcher.find()) {
            return "";
        }
        return Stream.of(1, 2, 3, 4)
                .map(matcher::group)
                .filter(group -> group != null)
                .map(group -> group.matches("[\\d,]+") ? group.replace(",", "") : group)
                .findFirst()
                .orElseThrow();
    }

    private static List<List<String>> rows(Map<String, String> said) {
        List<List<String>> rows = new ArrayList<>();
        said.forEach((name, meaning) -> {
            String otherwise = defaultOf(meaning);
            rows.add(List.of("`" + name + "`", otherwise.isEmpty() ? "" : "`" + otherwise + "`", meaning));
        });
        return rows;
    }

    @Test
    void theManagersAttributesAreThoseOfItsSetters() throws IOException {
        ReferencePage.holds("Tomcat: attributes of the Manager", COLUMNS, rows(said("ManagerAttributes")));
    }

    @Test
    void theSingleSignOnsAttributesAreThoseOfItsSetters() throws IOException {
        ReferencePage.holds("Tomcat: attributes of the single sign-on", COLUMNS, rows(said("MemcachedSingleSignOn")));
    }

    @Test
    void whatJmxShowsIsWhatTheDescriptorsName() throws IOException {
        List<List<String>> rows = SHOWN.matcher(Files.readString(DESCRIPTORS))
                .results()
                .map(found -> List.of(
                        "`" + found.group(1) + "`",
                        found.group(4).contains("writeable=\"false\"") ? "" : "yes",
                        found.group(3).replace("&quot;", "\"").replaceAll("\\.$", "")))
                .toList();
        ReferencePage.holds("Tomcat: what JMX shows", List.of("attribute", "can be changed", "meaning"), rows);
    }

    @Test
    void theGuideNamesAllAttributesAndNoOther() throws IOException {
        Set<String> named = guide().keySet();
        assertThat(named).isEqualTo(new TreeSet<>(said("ManagerAttributes").keySet()));
    }

    @Test
    void whatIsSaidToBeTheDefaultIsWhatHappensWithoutTheAttribute() throws IOException {
        Map<String, String> defaults = new TreeMap<>(guide());
        said("ManagerAttributes").forEach((name, meaning) -> {
            if (!defaultOf(meaning).isEmpty()) {
                assertThat(defaults).containsEntry(name, defaultOf(meaning));
            }
        });
        Settings without = read("", "");
        defaults.forEach((name, value) -> {
            if (!value.isEmpty()) {
                assertThat(read(name, value)).as(name + "=\"" + value + "\"").isEqualTo(without);
            }
        });
    }

    private static Settings read(String name, String value) {
        Map<String, String> attributes = new HashMap<>(Map.of("memcachedNodes", "n1:127.0.0.1:11211"));
        attributes.put(name, value);
        return Settings.read(new AttributeValues(attributes), new KeyPrefix.Place("localhost", "/shop", ""));
    }

    /** The attributes in the guide's table, with their defaults, as far as those are values. */
    private static Map<String, String> guide() throws IOException {
        String table = Files.readString(GUIDE).split("\n## Attributes\n")[1].split("\n## ")[0];
        Map<String, String> guide = new TreeMap<>();
        for (String row : table.lines().filter(line -> line.startsWith("| `")).toList()) {
            String[] cells = row.split("(?<!\\\\)\\|");
            String otherwise = code(cells[2]).findFirst().orElse("");
            code(cells[1]).forEach(name -> guide.put(name, otherwise));
        }
        return guide;
    }

    private static Stream<String> code(String cell) {
        return CODE.matcher(cell).results().map(MatchResult::group).map(code -> code.replace("`", ""));
    }
}
