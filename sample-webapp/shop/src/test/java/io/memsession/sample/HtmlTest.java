package io.memsession.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void escapesWhatCouldLeaveATextOrAnAttribute() {
        assertThat(Html.escape("<b title=\"x\" y='z'>&")).isEqualTo("&lt;b title=&quot;x&quot; y=&#39;z&#39;&gt;&amp;");
    }
}
