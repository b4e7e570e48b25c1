package io.memsession.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read out of a document. */
class PageTest {
    private static Page page(String... lines) {
        return new Page(List.of(lines));
    }

    @Test
    void headingsHaveTheAnchorsThatForgesGiveThem() {
        assertThat(page("# A `code:name`, (really)!", "## The line to [nodes](x.md)", "## Same", "## Same")
                        .anchors())
                .containsExactly("a-codename-really", "the-line-to-nodes", "same", "same-1");
    }

    @Test
    void aHashInAListingIsNoHeading() {
        assertThat(page("```", "# make install", "```").anchors()).isEmpty();
    }

    @Test
    void linksInCodeAreNone() {
        assertThat(page("```", "[a](b)", "```", "`[c](d)`").targets()).isEmpty();
    }

    @Test
    void linksPicturesAndAddressesLeadSomewhere() {
        assertThat(page(
                                "[`a`](b.md#c), [over two",
                                "lines](d)",
                                "![e](f.svg) <https://g.example>",
                                "<img src=\"h.svg\">")
                        .targets())
                .containsExactly("b.md#c", "d", "f.svg", "https://g.example", "h.svg");
    }

    @Test
    void anchorsStandBeforeHeadingsButForTheFirst() {
        assertThat(page("# The page", "text", "## A b").withAnchors().lines())
                .containsExactly("# The page\n\n<a id=\"the-page\"></a>", "text", "<a id=\"a-b\"></a>\n\n## A b");
    }

    @Test
    void anchorsThatTheSitesToolMakesAreLeftToIt() {
        assertThat(page("# The page", "## nginx").withAnchors().lines()).endsWith("## nginx");
    }
}
