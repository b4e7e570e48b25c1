package io.memsession.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the links of every document of the repository lead to, as a forge shows them. */
class LinksTest {
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules");

    /** All documents, by their path in the repository. */
    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        Files.walkFileTree(REPOSITORY, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                return NOT_OURS.contains(name) || name.startsWith(".")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    documents.add(REPOSITORY.relativize(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return documents;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFileAndAHeadingThatAreThere(Path document) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String target : Page.read(REPOSITORY.resolve(document)).targets()) {
            if (!leadsSomewhere(document, target)) {
                broken.add(target);
            }
        }
        assertThat(broken).as("links of " + document + " that lead nowhere").isEmpty();
    }

    private static boolean leadsSomewhere(Path document, String target) throws IOException {
        URI uri = URI.create(target);
        if (uri.getScheme() != null) {
            return Stream.of("https", "http").anyMatch(uri.getScheme()::equals) && uri.getHost() != null;
        }
        String path = uri.getPath();
        Path file = REPOSITORY
                .resolve(document)
                .resolveSibling(path.isEmpty() ? document.getFileName().toString() : path)
                .normalize();
        return file.startsWith(REPOSITORY)
                && Files.exists(file)
                && (uri.getFragment() == null || Page.read(file).anchors().contains(uri.getFragment()));
    }
}
