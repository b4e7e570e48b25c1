package io.memsession.e2e;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What whoever plays with the demo can have done to one of its processes, typed or by the {@link Panel}. */
enum Order {
    /** Ends it at once, as a crash does. */
    KILL,
    /** Stops it where it is: it keeps its connections and answers nothing. */
    HANG,
    /** Lets one that hangs go on. */
    RESUME,
    /** Starts it anew, after it was killed if it runs. */
    RESTART;

    /** The order of that name. */
    static Optional<Order> of(String word) {
        return Arrays.stream(values())
                .filter(order -> order.word().equals(word))
                .findFirst();
    }

    /** All names, for who gave none of them. */
    static String words() {
        return Arrays.stream(values()).map(Order::word).collect(Collectors.joining(", "));
    }

    /** What it is called. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Does it; does not wait for a process that it started. What makes no difference is no error. */
    void carryOut(ServerProcess process) {
        synchronized (process) { // two who start it would start two
            switch (this) {
                case KILL -> process.kill9();
                case HANG -> ifRunning(process, process::pause);
                case RESUME -> ifRunning(process, process::resume);
                case RESTART -> {
                    process.kill9();
                    process.start();
                }
            }
        }
    }

    /** The process id of one that ended may be somebody else's by now. */
    private static void ifRunning(ServerProcess process, Runnable signal) {
        if (process.isRunning()) {
            signal.run();
        }
    }
}
