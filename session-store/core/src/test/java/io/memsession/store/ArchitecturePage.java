package io.memsession.store;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What docs/architecture.md says of packages and types, and what the code is. */
public final class ArchitecturePage {
    private static final Pattern CODE = Pattern.compile("`([\\w.]+)`");
    private static final String OURS = "io.memsession.";

    private ArchitecturePage() {}

    /** The rows of the tables below that heading, each without its first bar. */
    private static Stream<String> rows(String heading) throws IOException {
        String page = Documents.read("architecture.md");
        String section = page.substring(page.indexOf("## " + heading)).split("\n## ", 2)[0];
        return section.lines().filter(line -> line.startsWith("| `")).map(line -> line.substring(1));
    }

    private static Set<String> code(String cell) {
        return CODE.matcher(cell)
                .results()
                .map(MatchResult::group)
                .map(code -> code.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of the engine's public types, without the name of its package. */
    static Set<String> types() throws IOException {
        return rows("Public types")
                .flatMap(row -> code(row.split("\\|")[0]).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What each of those packages sees, as the page says it. */
    public static Map<String, Set<String>> said(Set<String> packages) throws IOException {
        Map<String, Set<String>> said = new TreeMap<>();
        rows("Packages").map(row -> row.split("\\|")).forEach(cells -> {
            String name = code(cells[0]).iterator().next();
            if (packages.contains(name)) {
                said.put(name, code(cells[2].replaceAll("\\(.*\\)", "")));
            }
        });
        return said;
    }

    /** What their packages see of each other and of other packages of ours, as the code has it. */
    public static Map<String, Set<String>> found(JavaClasses classes) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass each : classes) {
            Set<String> seen = found.computeIfAbsent(each.getPackageName(), name -> new TreeSet<>());
            each.getDirectDependenciesFromSelf().stream()
                    .map(dependency ->
                            dependency.getTargetClass().getBaseComponentType().getPackageName())
                    .filter(name -> name.startsWith(OURS) && !name.equals(each.getPackageName()))
                    .forEach(seen::add);
        }
        return found;
    }
}
