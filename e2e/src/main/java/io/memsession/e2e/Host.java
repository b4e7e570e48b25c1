package io.memsession.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A kind of app server that Memsession runs in. */
public enum Host {
    /** Tomcat 9: the last one with javax.servlet. */
    TOMCAT9("tomcat", "9.0.117"),
    /** Tomcat 10.1. */
    TOMCAT10("tomcat", "10.1.59"),
    /** Tomcat 11.0. */
    TOMCAT11("tomcat", "11.0.24"),
    /** Spring Boot with its embedded Tomcat. */
    BOOT("boot", "4.1.0");

    private static final String MANAGER = "io.memsession.tomcat.MemcachedSessionManager";

    private final String word;
    private final String version;

    Host(String word, String version) {
        this.word = word;
        this.version = version;
    }

    /** What an app server of this kind is called, by its number: {@code tomcat1}. */
    String serverName(int number) {
        return word + number;
    }

    /** The name of the session cookie. */
    public String cookie() {
        return this == BOOT ? "SESSION" : "JSESSIONID";
    }

    /** An app server of this kind that keeps its sessions in the nodes; not yet started. */
    AppServer server(Slot slot, String nodes) {
        return server(slot, nodes, Map.of());
    }

    /**
     * The same.
     *
     * @param settings what else it is told: {@code protocol}, {@code ignored} (a path without sessions), and whatever
     *     this kind of app server knows by that name
     */
    AppServer server(Slot slot, String nodes, Map<String, String> settings) {
        Layout layout = slot.layout();
        if (this == BOOT) {
            Map<String, String> properties = named(settings, Map.of("ignored", "ignored-paths"));
            properties.put("nodes", nodes);
            return new BootProcess(slot, layout.file("sample-webapp/boot/target/shop-boot.jar"), properties);
        }
        String jar = (this == TOMCAT9 ? "tomcat9/target/memsession-tomcat9-" : "target/memsession-tomcat-")
                + layout.version() + ".jar";
        Map<String, String> attributes =
                named(settings, Map.of("protocol", "memcachedProtocol", "ignored", "requestUriIgnorePattern"));
        attributes.put("memcachedNodes", nodes);
        attributes.putIfAbsent("requestUriIgnorePattern", "/api/live|/assets/.*");
        boolean sticky = Boolean.parseBoolean(attributes.computeIfAbsent("sticky", unset -> "false"));
        String element = attributes.entrySet().stream()
                .map(attribute -> attribute.getKey() + "=\"" + attribute.getValue() + "\" ")
                .collect(Collectors.joining("", "<Manager className=\"" + MANAGER + "\" ", "/>"));
        String route = sticky ? slot.name() : "";
        List<Path> jars = new ArrayList<>(List.of(layout.file("tomcat-valve/" + jar)));
        if (nodes.contains("redis://")) {
            jars.add(layout.file("tomcat-valve/redis/target/memsession-tomcat-redis-" + layout.version() + ".jar"));
        }
        return tomcat(slot, new TomcatProcess.SessionManager(jars, element, route));
    }

    /** The settings by the names that this kind of app server has for them. */
    private static Map<String, String> named(Map<String, String> settings, Map<String, String> names) {
        Map<String, String> named = new TreeMap<>();
        settings.forEach((name, value) -> named.put(names.getOrDefault(name, name), value));
        return named;
    }

    /** A Tomcat of this kind that keeps its sessions in its own memory; not yet started. */
    AppServer withoutMemsession(Slot slot) {
        return tomcat(slot, null);
    }

    private TomcatProcess tomcat(Slot slot, TomcatProcess.@Nullable SessionManager manager) {
        Layout layout = slot.layout();
        Path war = layout.file("sample-webapp/war/target/" + (this == TOMCAT9 ? "shop-tomcat9.war" : "shop.war"));
        return new TomcatProcess(slot, layout.tomcat(version), war, manager);
    }

    /** The kind and its version, for people. */
    @Override
    public String toString() {
        return (this == BOOT ? "Spring Boot " : "Tomcat ") + version;
    }
}
