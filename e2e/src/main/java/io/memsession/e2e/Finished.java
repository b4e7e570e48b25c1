package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program that has run to its end: its exit status, and what it printed to either stream. */
record Finished(String command, int exit, String printed) {

    /** Runs it. */
    static Finished run(List<String> command) {
        return run(new ProcessBuilder(command));
    }

    /** Runs it with that folder and environment. */
    static Finished run(ProcessBuilder program) {
        try {
            Process process = program.redirectErrorStream(true).start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Finished(String.join(" ", program.command()), process.waitFor(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What it printed, if it ended with 0. */
    String successfully() {
        if (exit != 0) {
            throw new IllegalStateException(command + ": " + printed.strip());
        }
        return printed;
    }
}
