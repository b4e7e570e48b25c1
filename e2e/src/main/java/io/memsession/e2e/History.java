package io.memsession.e2e;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every operation that the clients finished so far. */
public final class History {
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

    void add(Operation operation) {
        operations.add(operation);
    }

    /** All of them. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }
}
