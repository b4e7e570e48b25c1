package io.memsession.e2e;

import java.net.http.HttpResponse;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the shop answered.
 *
 * @param status the HTTP status
 * @param body the text
 */
public record Answer(int status, String body) {
    private static final JsonMapper JSON = new JsonMapper();

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.body());
    }

    /** The answer as JSON. */
    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** A field of the answer as text; {@code "null"} for a null, empty if it is not there. */
    public String text(String field) {
        JsonNode node = json().path(field);
        return node.isNull() ? "null" : node.asString("");
    }

    /** The quantities in a cart by article number. */
    public TreeMap<String, Integer> cart() {
        TreeMap<String, Integer> cart = new TreeMap<>();
        json().path("lines")
                .forEach(line -> cart.put(
                        line.path("sku").asString(), line.path("quantity").asInt()));
        return cart;
    }
}
