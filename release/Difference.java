import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Two staging folders, compared byte by byte: prints each file that is not the same in both, and of a jar its entries
 * that are not. Ends with 1 if there is any. Of {@code maven-metadata.xml}, which tells when it was written and is no
 * artifact, nothing is said.
 */
class Difference {
    private int files;
    private int differences;

    public static void main(String[] args) throws IOException {
        Difference difference = new Difference();
        difference.folders(Path.of(args[0]), Path.of(args[1]));
        System.out.println(difference.files + " files compared, " + difference.differences + " differ");
        System.exit(difference.files == 0 || difference.differences > 0 ? 1 : 0);
    }

    private void folders(Path one, Path other) throws IOException {
        TreeSet<String> names = new TreeSet<>(names(one));
        names.addAll(names(other));
        for (String name : names) {
            files++;
            file(name, one.resolve(name), other.resolve(name));
        }
    }

    private static TreeSet<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            TreeSet<String> names = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.contains("maven-metadata.xml"))
                    .forEach(names::add);
            return names;
        }
    }

    private void file(String name, Path one, Path other) throws IOException {
        if (!Files.exists(one) || !Files.exists(other)) {
            differences++;
            System.out.println("only in one: " + name);
        } else if (Files.mismatch(one, other) >= 0) {
            differences++;
            System.out.println("differs: " + name);
            if (name.endsWith(".jar")) {
                entries(one, other);
            }
        }
    }

    private static void entries(Path one, Path other) throws IOException {
        Map<String, String> left = entries(one);
        Map<String, String> right = entries(other);
        TreeSet<String> names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        names.stream()
                .filter(name -> !left.getOrDefault(name, "").equals(right.getOrDefault(name, "")))
                .forEach(name -> System.out.println("    entry " + name));
        if (left.equals(right) && !Arrays.equals(left.keySet().toArray(), right.keySet().toArray())) {
            System.out.println("    the order of its entries");
        }
    }

    private static Map<String, String> entries(Path jar) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream bytes = zip.getInputStream(entry)) {
                    entries.put(entry.getName(), entry.getTime() + " " + Arrays.hashCode(bytes.readAllBytes()));
                }
            }
        }
        return entries;
    }
}
