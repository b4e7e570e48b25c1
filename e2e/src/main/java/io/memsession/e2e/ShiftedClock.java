package io.memsession.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A clock that is wrong for one process: libfaketime (github.com/wolfcw/libfaketime) stands between that process and
 * the C library. Only the time of day is another; what counts how long something takes is the machine's own.
 */
final class ShiftedClock {
    private ShiftedClock() {}

    /** What has to stand before a command so that its clock is ahead by that much; nothing for no difference. */
    static List<String> words(Duration ahead) {
        return ahead.isZero()
                ? List.of()
                : List.of(
                        "env",
                        "LD_PRELOAD=" + library(),
                        "FAKETIME=+" + ahead.toSeconds() + "s",
                        "FAKETIME_DONT_FAKE_MONOTONIC=1",
                        "FAKETIME_FORCE_MONOTONIC_FIX=0"); // else a JVM's waits of less than the shift end at once
    }

    private static Path library() {
        return Stream.of(Path.of("/usr/lib"), Path.of("/usr/lib64"))
                .flatMap(folder -> Stream.concat(Stream.of(folder), within(folder)))
                .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "libfaketime is not installed; ./verify installs it when run as root"));
    }

    private static Stream<Path> within(Path folder) {
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
