package io.memsession.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The libraries in a shaded jar, held against what its {@code META-INF/NOTICE} says of them. */
public final class ShadedLibraries {
    private static final String SHADED = "io/memsession/shaded/";

    /** As in {@code com.esotericsoftware:reflectasm (asm) BSD-3-Clause com.esotericsoftware.asm}. */
    private static final Pattern ROW =
            Pattern.compile("^ {2}(\\S+:\\S+)(?: \\((\\S+)\\))? +(\\S+) +([\\w.]+)$", Pattern.MULTILINE);

    /** As Maven lists a dependency, with its file. */
    private static final Pattern LIBRARY =
            Pattern.compile("^ +([^:\\s]+:[^:\\s]+):jar:(?:[^:\\s]+:){2,3}(\\S+\\.jar)", Pattern.MULTILINE);

    private record Row(String artifact, String name, String licence, String packages) {
        static Row of(MatchResult found) {
            String inside = found.group(2);
            String artifact = found.group(1).substring(found.group(1).indexOf(':') + 1);
            return new Row(
                    found.group(1),
                    inside == null ? artifact : inside,
                    found.group(3),
                    found.group(4).replace('.', '/') + "/");
        }
    }

    private ShadedLibraries() {}

    /**
     * What the notice of a jar lacks, or says too much.
     *
     * @param jar the shaded jar
     * @param libraries the list of the module's dependencies, with their files
     */
    public static List<String> faults(Path jar, Path libraries) throws IOException {
        Map<String, JarFile> originals = new HashMap<>();
        try (JarFile shaded = new JarFile(jar.toFile())) {
            for (MatchResult found :
                    LIBRARY.matcher(Files.readString(libraries)).results().toList()) {
                originals.put(found.group(1), new JarFile(found.group(2)));
            }
            return faults(shaded, originals);
        } finally {
            for (JarFile original : originals.values()) {
                original.close();
            }
        }
    }

    private static List<String> faults(JarFile shaded, Map<String, JarFile> originals) throws IOException {
        String notice = text(shaded, "META-INF/NOTICE");
        List<Row> rows = rows(notice);
        List<String> types = shadedTypes(shaded);
        TreeSet<String> faults = new TreeSet<>();
        types.forEach(type -> origin(type, rows, originals).ifPresent(faults::add));
        rows.stream()
                .filter(row -> types.stream().noneMatch(type -> row.equals(row(rows, type))))
                .forEach(row -> faults.add("nothing is there of " + row.packages()));
        rows.stream()
                .filter(row -> !row.licence().equals("Apache-2.0"))
                .filter(row -> notice.lines()
                        .noneMatch(line -> line.endsWith(":") && line.matches(".*\\b" + row.name() + "\\b.*")))
                .forEach(row -> faults.add("no licence text names " + row.name()));
        if (!text(shaded, "META-INF/LICENSE").contains("Apache License")) {
            faults.add("META-INF/LICENSE is missing");
        }
        return List.copyOf(faults);
    }

    /** Those with the longest packages first. */
    private static List<Row> rows(String notice) {
        return ROW.matcher(notice)
                .results()
                .map(Row::of)
                .sorted(Comparator.comparing((Row row) -> row.packages().length())
                        .reversed())
                .toList();
    }

    private static @Nullable Row row(List<Row> rows, String type) {
        return rows.stream()
                .filter(each -> type.startsWith(each.packages()))
                .findFirst()
                .orElse(null);
    }

    /** What is wrong with what the rows say of where a type came from. */
    private static Optional<String> origin(String type, List<Row> rows, Map<String, JarFile> originals) {
        String folder = type.substring(0, type.lastIndexOf('/') + 1);
        Row row = row(rows, type);
        if (row == null) {
            return Optional.of("no row of the notice has the package " + folder);
        }
        if (type.contains("/shaded/") && !row.packages().contains("/shaded/")) {
            return Optional.of(folder + " came inside " + row.artifact() + " and has no row of its own");
        }
        JarFile original = originals.get(row.artifact());
        boolean there = original != null && original.getEntry(type) != null;
        return there ? Optional.empty() : Optional.of(folder + " is not, or not only, of " + row.artifact());
    }

    private static List<String> shadedTypes(JarFile shaded) {
        return shaded.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith(SHADED) && name.endsWith(".class"))
                .map(name -> name.substring(SHADED.length()))
                .toList();
    }

    private static String text(JarFile jar, String name) throws IOException {
        var entry = jar.getEntry(name);
        return entry == null ? "" : new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
}
