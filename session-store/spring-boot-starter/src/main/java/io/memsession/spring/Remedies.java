package io.memsession.spring;

import static java.util.Map.entry;

import java.util.Map;

/** What to write for each property instead of something that cannot be used. */
final class Remedies {
    private static final String KEYS = "memsession.encryption.keys";
    private static final String CREDENTIALS =
            "Set memsession.username=<name> and memsession.password=<password> as the memcacheds know them, or leave"
                    + " both out.";
    private static final Map<String, String> BY_PROPERTY = Map.ofEntries(
            entry(
                    "memsession",
                    "Set right what is named there, here or at the memcached. One that is down is waited for; one that"
                            + " is there and refuses this application would go on refusing it."),
            entry("memsession.username", CREDENTIALS),
            entry("memsession.password", CREDENTIALS),
            entry(
                    "memsession.ssl.enabled",
                    "Set it to memsession.ssl.enabled=true where the memcacheds run with -Z, or leave it out."),
            entry(
                    "memsession.ssl.bundle",
                    "Set memsession.ssl.bundle=<name> to a bundle under spring.ssl.bundle that has the certificate of"
                            + " the memcacheds' authority, such as"
                            + " spring.ssl.bundle.pem.<name>.truststore.certificate=file:authority.pem."),
            entry(
                    "memsession.enabled",
                    "Set it to memsession.enabled=false to leave sessions to the servlet container, or leave it out."),
            entry(
                    "memsession.nodes",
                    "Write each memcached server as id:host:port, such as"
                            + " memsession.nodes=n1:host1:11211,n2:host2:11211, or an address that knows them as"
                            + " discover:host:port, or a proxy's as host:port, or each Redis as id:redis://host:port, for"
                            + " which the application needs the dependency io.memsession:memsession-redis. To try it without any, set"
                            + " memsession.nodes=embedded: sessions then stay inside this JVM."
                            + " memsession.enabled=false leaves them to the servlet container."),
            entry(
                    "memsession.key-prefix",
                    "Set it to a short name of letters, digits and dashes, such as memsession.key-prefix=shop."),
            entry("memsession.operation-timeout", "Set it to a duration such as memsession.operation-timeout=250ms."),
            entry(
                    "memsession.access-precision",
                    "Set it to a duration such as memsession.access-precision=30s, or leave it out."),
            entry("memsession.protocol", "Set it to memsession.protocol=binary or memsession.protocol=text."),
            entry(
                    "memsession.max-record-size",
                    "Set it to a size below the memcacheds' item limit, such as memsession.max-record-size=900KB."),
            entry(
                    "memsession.when-unavailable",
                    "Set it to memsession.when-unavailable=error or memsession.when-unavailable=new-session."),
            entry(
                    "memsession.flush-mode",
                    "Set it to memsession.flush-mode=on-save or, in servlet applications, to"
                            + " memsession.flush-mode=immediate."),
            entry(
                    "memsession.save-mode",
                    "Set it to memsession.save-mode=on-get-attribute, memsession.save-mode=on-set-attribute or"
                            + " memsession.save-mode=always."),
            entry(
                    "memsession.jvm-route",
                    "Use letters, digits and dashes, such as memsession.jvm-route=app1, in a servlet application."),
            entry("memsession.max-lifetime", duration("memsession.max-lifetime", "12h")),
            entry("memsession.new-session-timeout", duration("memsession.new-session-timeout", "5m")),
            entry("memsession.no-touch.paths", paths("memsession.no-touch.paths=/poll/**")),
            entry(
                    "memsession.no-touch.headers",
                    "Write names of headers, such as memsession.no-touch.headers=X-Poll, in a servlet application."),
            entry("memsession.ignored-paths", paths("memsession.ignored-paths=/assets/**")),
            entry(
                    "memsession.class-filter",
                    "Set it to class patterns such as memsession.class-filter=com.acme.shop.**;org.joda.money.*, or"
                            + " leave it out."),
            entry(
                    "memsession.granularity",
                    "Set it to memsession.granularity=attribute or memsession.granularity=session."),
            entry(
                    "memsession.compression-threshold",
                    "Set it to a size such as memsession.compression-threshold=2KB, or leave it out."),
            entry(
                    KEYS,
                    "Make a key with: openssl rand -base64 32, and set " + KEYS
                            + "=k1:<its 44 characters>, or to file:<path> of a file that holds it in this form."),
            entry(
                    "memsession.encryption.reads-plain",
                    "Set memsession.encryption.reads-plain=true only for the time after " + KEYS
                            + " was set, and leave it out otherwise."));

    private Remedies() {}

    private static String duration(String property, String example) {
        return "Set it to a duration such as " + property + "=" + example + ", or leave it out.";
    }

    private static String paths(String example) {
        return "Write patterns of paths behind the context path, such as " + example + ", in a servlet application.";
    }

    /** What to write for that property. */
    static String of(String property) {
        return BY_PROPERTY.getOrDefault(property, "See the properties of Memsession in docs/spring.md.");
    }
}
