package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A keepalived with the configuration of {@code deploy/keepalived}, on the machine of one memcached. */
final class KeepalivedProcess extends ServerProcess {
    private static final String CONFIGURATION = "keepalived.conf";
    private static final String PROGRAMS = "bin";
    private static final String PID = "pid";
    private static final String VRRP_PID = "vrrp-pid";

    /**
     * A keepalived, not yet started.
     *
     * @param variables what the template's variables stand for
     * @param preempt whether the address goes back to the machine of higher priority: not what is recommended
     */
    KeepalivedProcess(Slot slot, Map<String, String> variables, boolean preempt) {
        super(slot);
        try {
            String text = Files.readString(slot.layout().file("deploy/keepalived/keepalived.conf"));
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                text = text.replace("${" + variable.getKey() + "}", variable.getValue());
            }
            Files.writeString(
                    folder().resolve(CONFIGURATION), preempt ? text.replaceFirst("(?m)^ *nopreempt\n", "") : text);
            install(slot.layout().file("deploy/keepalived/check-memcached"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void install(Path check) throws IOException {
        Path folder = Files.createDirectory(folder().resolve(PROGRAMS));
        for (Path each : List.of(folder, Files.copy(check, folder.resolve(check.getFileName())))) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /**
     * Its two processes are all there is in a namespace of processes, so that both end when the first is killed; and
     * they alone see the script that they ask memcached with in the folder where it is to be installed.
     */
    @Override
    List<String> command() {
        forgetProcessIds();
        return List.of(
                Children.program("unshare"),
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--",
                "sh",
                "-c",
                "mount --bind \"$0\" /usr/local/bin && exec \"$@\"",
                folder().resolve(PROGRAMS).toString(),
                Children.program("keepalived"),
                "--dont-fork",
                "--log-console",
                "--log-detail",
                "--vrrp",
                "--use-file=" + folder().resolve(CONFIGURATION),
                "--pid=" + folder().resolve(PID),
                "--vrrp_pid=" + folder().resolve(VRRP_PID));
    }

    /** In every such namespace the first process has the number 1: it would take itself for one that runs already. */
    private void forgetProcessIds() {
        try {
            Files.deleteIfExists(folder().resolve(PID));
            Files.deleteIfExists(folder().resolve(VRRP_PID));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it has found out what it is: who has the address, or who waits for it. */
    @Override
    boolean answers() {
        String said = printed();
        return said.indexOf("Entering", said.lastIndexOf("Starting Keepalived")) >= 0;
    }
}
