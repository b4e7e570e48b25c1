package io.memsession.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The repository's documents, laid out for Maven's site plugin. Each lies where it lies in the repository, with the
 * files that it links to, so that links mean the same on a forge and in the site; only the README is the first page.
 */
public final class SitePages {
    private static final String FIRST = "README.md";
    private static final List<String> FOLDERS = List.of("docs", "deploy");
    private static final List<String> FILES = List.of(FIRST, "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE");
    private static final StandardCopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;

    private final Path repository;
    private final Path sources;

    SitePages(Path repository, Path sources) {
        this.repository = repository.toAbsolutePath().normalize();
        this.sources = sources;
    }

    /** Lays them out: from the first folder to the second. */
    public static void main(String[] folders) throws IOException {
        new SitePages(Path.of(folders[0]), Path.of(folders[1])).layOut();
    }

    void layOut() throws IOException {
        for (Path file : files()) {
            put(file);
        }
        Path menu = Path.of("src", "site", "site.xml");
        Files.copy(repository.resolve("docs/site").resolve(menu), target("site.xml"), REPLACE);
    }

    /** What belongs to the site, by its path in the repository. */
    private List<Path> files() {
        return Stream.concat(
                        FILES.stream().map(repository::resolve),
                        FOLDERS.stream().flatMap(folder -> walk(repository.resolve(folder))))
                .map(repository::relativize)
                .filter(file -> !file.startsWith(Path.of("docs", "site")))
                .toList();
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(Path file) throws IOException {
        Path source = repository.resolve(file);
        if (!file.toString().endsWith(".md")) {
            Files.copy(source, target("resources/" + file), REPLACE);
            return;
        }
        String page = file.toString().equals(FIRST) ? "index.md" : file.toString();
        Files.write(target("markdown/" + page), Page.read(source).withAnchors().lines());
    }

    private Path target(String name) throws IOException {
        Path target = sources.resolve(name);
        Files.createDirectories(target.getParent());
        return target;
    }
}
