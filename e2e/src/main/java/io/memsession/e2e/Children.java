package io.memsession.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The processes that this JVM started. None outlives it: a shutdown hook kills them, and where no hook runs the kernel
 * does (prctl's PR_SET_PDEATHSIG, set by {@code setpriv}).
 */
public final class Children implements AutoCloseable {
    /** One thread starts all: the kernel's signal comes when the thread that started the child ends. */
    private final ExecutorService starter = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "children");
        thread.setDaemon(true);
        return thread;
    });

    private final Set<Process> started = ConcurrentHashMap.newKeySet();

    /** No children yet. */
    public Children() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::killAll, "kill children"));
    }

    /** Starts a program; what it prints goes to the end of the log. */
    Process start(List<String> command, Path folder, Path log) {
        List<String> line = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .keySet()
                .removeIf(name -> name.equals("JAVA_TOOL_OPTIONS") || name.startsWith("CATALINA"));
        try {
            Process process = starter.submit(builder::start).get();
            started.add(process);
            return process;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot start " + command.get(0) + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting " + command.get(0), e);
        }
    }

    /** The program's path: from PATH, else from where Debian puts what only root has in its PATH. */
    static String program(String name) {
        return path(name)
                .orElseThrow(() -> new IllegalStateException(
                        name + " is not installed; ./verify and ./demo install it when run as root"));
    }

    /** The path of a program of the JDK that runs this. */
    static String jdkProgram(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /** Whether there is such a program. */
    static boolean isInstalled(String name) {
        return path(name).isPresent();
    }

    private static Optional<String> path(String name) {
        String path = System.getenv("PATH") + ":/usr/local/sbin:/usr/sbin:/sbin";
        return Arrays.stream(path.split(":"))
                .filter(folder -> Files.isExecutable(Path.of(folder, name)))
                .map(folder -> folder + "/" + name)
                .findFirst();
    }

    /** Whether this JVM runs as root, where some programs ask for an extra word. */
    static boolean asRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }

    private void killAll() {
        started.forEach(Process::destroyForcibly);
    }

    /** Kills all that still run and waits for their end. */
    @Override
    public void close() {
        killAll();
        started.forEach(process -> process.onExit().join());
    }
}
