package io.memsession.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void writesEveryKindOfValue() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("text", "tea");
        object.put("number", 12L);
        object.put("truth", true);
        object.put("nothing", null);
        object.put("list", Arrays.asList(1, null, Map.of()));

        assertThat(Json.of(object))
                .isEqualTo("{\"text\":\"tea\",\"number\":12,\"truth\":true,\"nothing\":null,\"list\":[1,null,{}]}");
        assertThat(Json.of(List.of())).isEqualTo("[]");
    }

    @Test
    void escapesWhatCouldEndTheStringOrThePage() {
        assertThat(Json.of("a\"b\\c\n\u0000\u2028</script>é😀"))
                .isEqualTo("\"a\\\"b\\\\c\\u000a\\u0000\\u2028\\u003c/script\\u003eé\\ud83d\\ude00\"");
    }

    @Test
    void refusesWhatJsonHasNoWordFor() {
        assertThatThrownBy(() -> Json.of(new Object())).isInstanceOf(IllegalArgumentException.class);
    }
}
