package io.memsession.spring;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.boot.json.JsonParserFactory;

/** What the starter tells IDEs of its properties. */
final class Metadata {
    private static final String FILE = "/META-INF/spring-configuration-metadata.json";

    private Metadata() {}

    /** All properties, with their defaults; an empty text for those that have none. */
    static Map<String, String> properties() {
        return properties("defaultValue");
    }

    /** All properties, with their descriptions. */
    static Map<String, String> descriptions() {
        return properties("description");
    }

    private static Map<String, String> properties(String field) {
        try (InputStream in = MemsessionProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()
                .resolve("." + FILE)
                .toURL()
                .openStream()) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> properties = new TreeMap<>();
            for (Object each : (List<?>) Objects.requireNonNull(
                    JsonParserFactory.getJsonParser().parseMap(json).get("properties"))) {
                Map<?, ?> property = (Map<?, ?>) each;
                String name = String.valueOf(property.get("name"));
                if (name.startsWith("memsession.")) {
                    properties.put(name, Objects.toString(property.get(field), ""));
                }
            }
            return properties;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("no metadata: they are made by the build", e);
        }
    }
}
