package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * docs/reference.md, whose tables are made from the code: each by a test of the module that it is about, which fails
 * where the page says something else. With {@code -Dreference.write=true} the test writes the table instead.
 */
public final class ReferencePage {
    private ReferencePage() {}

    /** Checks or writes the one table below that heading. */
    public static void holds(String heading, List<String> columns, List<List<String>> rows) throws IOException {
        Path page = Documents.path("reference.md");
        String text = Files.readString(page);
        int table = text.indexOf("\n|", text.indexOf("\n## " + heading + "\n")) + 1;
        int end = text.indexOf("\n\n", table) < 0 ? text.length() - 1 : text.indexOf("\n\n", table);
        String expected = row(columns) + "\n" + "| --- ".repeat(columns.size()) + "|\n"
                + rows.stream().map(ReferencePage::row).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(page, text.substring(0, table) + expected + text.substring(end));
        } else {
            assertThat(text.substring(table, end))
                    .as("the table of %s in docs/reference.md; -Dreference.write=true makes it anew", heading)
                    .isEqualTo(expected);
        }
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** Javadoc as Markdown. */
    public static String markdown(String javadoc) {
        return javadoc.replaceAll("\\{@inheritDoc}", "")
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\s*\\n\\s*\\*?\\s*", " ")
                .strip();
    }
}
