package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What was found to work with which app server: writes {@code e2e/target/compatibility.md}, a table with a line for
 * each test that ran and a column for each app server, after every test.
 */
final class Compatibility {
    private static final Map<String, Map<String, String>> RESULTS = new TreeMap<>();

    private Compatibility() {}

    /** A test ran, and failed or did not. */
    static void note(ExtensionContext context, boolean failed) {
        String host = context.getDisplayName();
        if (Arrays.stream(Host.values()).noneMatch(each -> each.toString().equals(host))) {
            return;
        }
        String behaviour =
                sentence(context.getRequiredTestClass().getSimpleName().replaceFirst("IT$", "")) + ": "
                        + sentence(context.getRequiredTestMethod().getName().replaceFirst("^msm\\d+", ""));
        synchronized (RESULTS) {
            RESULTS.computeIfAbsent(behaviour, each -> new TreeMap<>()).put(host, failed ? "**no**" : "yes");
            write();
        }
    }

    /** {@code seesNothingOlder} as words. */
    private static String sentence(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=[0-9])", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static void write() {
        String[] hosts = Arrays.stream(Host.values()).map(Host::toString).toArray(String[]::new);
        StringBuilder table = new StringBuilder("# Compatibility\n\n"
                + "Written by `./verify`: what each end-to-end test found, with real app servers, real memcacheds and real\n"
                + "kills. \"Sticky\" and \"non-sticky\" are how Tomcat's sessions were kept; Boot's have no sticky mode.\n\n"
                + "| behaviour | " + String.join(" | ", hosts) + " |\n|---" + "|---".repeat(hosts.length) + "|\n");
        RESULTS.forEach((behaviour, results) -> table.append("| ")
                .append(behaviour)
                .append(Arrays.stream(hosts)
                        .map(host -> results.getOrDefault(host, "–"))
                        .collect(Collectors.joining(" | ", " | ", " |\n"))));
        try {
            Path file = Layout.ofThisRun().root().resolve("e2e/target/compatibility.md");
            Files.writeString(file, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
