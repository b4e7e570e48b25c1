package io.memsession.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document in Markdown, with the anchors that forges give to its headings.
 *
 * @param lines its lines
 */
record Page(List<String> lines) {
    private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.*?)[ #]*");
    private static final Pattern FENCE = Pattern.compile(" *(```|~~~).*");
    private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1", Pattern.DOTALL);
    private static final Pattern TARGET =
            Pattern.compile("\\]\\(([^)\\s]*)\\)|<(https?:[^>\\s]*)>|(?:src|href)=\"([^\"]*)\"");

    static Page read(Path file) throws IOException {
        return new Page(Files.readAllLines(file));
    }

    /** The anchors of its headings, in their order. */
    List<String> anchors() {
        List<String> anchors = new ArrayList<>();
        eachHeading((line, anchor) -> {
            anchors.add(anchor);
            return line;
        });
        return anchors;
    }

    /**
     * The same document, with its anchors written at its headings, for Maven's site plugin: that makes other ones,
     * which are the same only where a heading is one word in small letters. What stands before the first heading would
     * hide it from the plugin, which makes the page's title of it.
     */
    Page withAnchors() {
        boolean[] titled = {false};
        return new Page(eachHeading((line, anchor) -> {
            String marked = "<a id=\"" + anchor + "\"></a>";
            boolean title = !titled[0];
            titled[0] = true;
            if (line.endsWith(" " + anchor)) {
                return line;
            }
            return title ? line + "\n\n" + marked : marked + "\n\n" + line;
        }));
    }

    /** Where its links and pictures lead to; what stands in code is none. */
    List<String> targets() {
        StringBuilder prose = new StringBuilder();
        eachLine((line, fenced) -> {
            prose.append(fenced ? "" : line).append('\n');
            return line;
        });
        Matcher matcher = TARGET.matcher(CODE.matcher(prose).replaceAll("code"));
        List<String> targets = new ArrayList<>();
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    targets.add(matcher.group(group));
                }
            }
        }
        return targets;
    }

    private List<String> eachHeading(BiFunction<String, String, String> change) {
        Map<String, Integer> seen = new HashMap<>();
        return eachLine((line, fenced) -> {
            Matcher heading = HEADING.matcher(line);
            return fenced || !heading.matches() ? line : change.apply(line, anchor(heading.group(2), seen));
        });
    }

    private List<String> eachLine(BiFunction<String, Boolean, String> change) {
        List<String> changed = new ArrayList<>(lines.size());
        boolean fenced = false;
        for (String line : lines) {
            boolean fence = FENCE.matcher(line).matches();
            changed.add(change.apply(line, fenced || fence));
            fenced ^= fence;
        }
        return changed;
    }

    /**
     * As forges make it: letters, digits, hyphens and underscores stay, blanks become hyphens; a number tells equal
     * ones apart.
     */
    private static String anchor(String heading, Map<String, Integer> seen) {
        String text = heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").toLowerCase(Locale.ROOT);
        String anchor = text.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
        int before = seen.merge(anchor, 1, Integer::sum) - 1;
        return before == 0 ? anchor : anchor + "-" + before;
    }
}
