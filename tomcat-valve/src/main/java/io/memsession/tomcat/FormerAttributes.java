package io.memsession.tomcat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What memcached-session-manager's users may have written that does nothing here, and what is there instead. */
final class FormerAttributes {
    private static final Map<String, String> INSTEAD = new TreeMap<>(Map.of(
            "sessionBackupTimeout", "operationTimeout bounds every round trip",
            "transcoderFactoryClass", "attributes are always written by Memsession's own Kryo codec",
            "copyCollectionsForSerialization",
                    "attributes are written one by one, and one that changes meanwhile is written again",
            "customConverter", "what Kryo has no serializer for is written by Java serialization"));

    private FormerAttributes() {}

    /** One line for each attribute that is written but not used. */
    static List<String> lines(AttributeValues values, Settings settings, boolean hasRoute) {
        List<String> lines = new ArrayList<>();
        INSTEAD.forEach((name, instead) -> {
            if (values.text(name) != null) {
                lines.add(name + " is not used: " + instead);
            }
        });
        if (!settings.sticky() && values.flag("sessionBackupAsync", false)) {
            lines.add(
                    "sessionBackupAsync=\"true\" is not used with sticky=\"false\": the next request may reach another"
                            + " server, so sessions are kept before the answer ends");
        }
        if (settings.sticky() && settings.locking().mode() != Locking.Mode.NONE) {
            lines.add("lockingMode is not used with sticky=\"true\": a session's requests are in one server");
        }
        if (!settings.sticky() && hasRoute) {
            lines.add("jvmRoute is not needed with sticky=\"false\": any server can serve any request");
        }
        if (settings.sticky() && !hasRoute) {
            lines.add(
                    "sticky=\"true\" without a jvmRoute at the Engine: nothing in a session's id tells which server had"
                            + " it last, so the nodes are asked at every request; set jvmRoute to spare that");
        }
        return lines;
    }
}
