package io.memsession.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The site as it was made. */
class SiteIT {
    private static final Path SITE = Path.of("target/site").toAbsolutePath();
    private static final Pattern TARGET = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ASSET =
            Pattern.compile("<(?:img|script|link|iframe)\\b[^>]*(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ANCHOR = Pattern.compile("\\b(?:id|name)=\"([^\"]*)\"");

    private final Map<Path, Set<String>> anchors = new HashMap<>();

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(SITE)) {
            return files.filter(file -> file.toString().endsWith(".html")).toList();
        }
    }

    private static List<String> found(Pattern pattern, Path page) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(page));
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1).replace("&amp;", "&"));
        }
        return found;
    }

    @Test
    void everyLinkLeadsToAPageAndAnAnchorThatAreThere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String target : found(TARGET, page)) {
                if (!leadsSomewhere(page, target)) {
                    broken.add(SITE.relativize(page) + " to " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private boolean leadsSomewhere(Path page, String target) throws IOException {
        URI uri = URI.create(target);
        if (uri.getScheme() != null) {
            return uri.getHost() != null;
        }
        Path file = uri.getPath().isEmpty()
                ? page
                : page.resolveSibling(uri.getPath()).normalize();
        String anchor = uri.getFragment();
        return Files.isRegularFile(file)
                && (anchor == null || anchor.isEmpty() || anchors(file).contains(anchor));
    }

    private Set<String> anchors(Path page) throws IOException {
        if (!anchors.containsKey(page)) {
            anchors.put(page, new HashSet<>(found(ANCHOR, page)));
        }
        return anchors.get(page);
    }

    @Test
    void everyDocumentIsAPageOfTheMenu() throws IOException {
        Set<Path> inMenu = new HashSet<>();
        Path first = SITE.resolve("index.html");
        for (String target : found(TARGET, first)) {
            inMenu.add(first.resolveSibling(target.replaceAll("#.*", "")).normalize());
        }
        try (Stream<Path> documents = Files.list(Path.of(".."))) {
            List<Path> expected = documents
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md"))
                    .map(name -> SITE.resolve("docs").resolve(name.replaceAll("md$", "html")))
                    .toList();
            assertThat(expected).hasSizeGreaterThan(10);
            assertThat(inMenu)
                    .as("pages that docs/site/src/site/site.xml or the README names")
                    .containsAll(expected);
        }
    }

    @Test
    void nothingIsLoadedFromElsewhere() throws IOException {
        for (Path page : pages()) {
            assertThat(found(ASSET, page))
                    .as(page.toString())
                    .noneMatch(target -> target.matches("(?i)(https?:)?//.*"));
        }
    }
}
