package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units in {@code deploy/}, as systemd itself reads them; skipped where there is no systemd. */
@Tag("servers")
class SystemdIT {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final Path DEBIANS = Path.of("/lib/systemd/system/memcached.service");

    private final Layout layout = Layout.ofThisRun();

    @TempDir
    private Path units;

    @Test
    void everyUnitSaysWhatSystemdUnderstands() throws Exception {
        if (!Files.isExecutable(ANALYZE) || !Files.exists(DEBIANS)) {
            System.out.println("SKIPPED: the systemd units are not checked, as systemd is not installed");
        }
        assumeTrue(Files.isExecutable(ANALYZE) && Files.exists(DEBIANS), "systemd is not installed");
        Files.copy(DEBIANS, units.resolve("memcached.service"));
        Files.createDirectory(units.resolve("memcached.service.d"));
        Files.copy(layout.file("deploy/systemd/memcached.conf"), units.resolve("memcached.service.d/memsession.conf"));
        Files.copy(layout.file("deploy/systemd/shop.service"), units.resolve("shop.service"));
        Files.writeString(
                units.resolve("memcached-discovery.service"),
                Files.readString(layout.file("deploy/discovery/memcached-discovery.service"))
                        .replace(
                                "/usr/local/bin/memcached-discovery",
                                layout.file("deploy/discovery/memcached-discovery")
                                        .toString()));

        assertThat(complaints("memcached.service", "memcached-discovery.service", "shop.service"))
                .isEmpty();
    }

    private String complaints(String... names) {
        List<String> command = new ArrayList<>(List.of(ANALYZE.toString(), "verify"));
        command.addAll(List.of(names));
        ProcessBuilder analyze = new ProcessBuilder(command);
        analyze.environment().put("SYSTEMD_UNIT_PATH", units + ":"); // before systemd's own
        return Finished.run(analyze).successfully();
    }
}
