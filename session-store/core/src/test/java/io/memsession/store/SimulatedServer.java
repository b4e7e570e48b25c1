package io.memsession.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** A memcached of a simulation: what reaches it while it hangs is carried out when it resumes, whoever still waits. */
final class SimulatedServer {
    final String id;
    final InMemoryServer memory;
    private final Queue<Runnable> backlog = new ArrayDeque<>();
    private final List<SimulatedNode> clients = new ArrayList<>();
    private boolean hung;
    private Refusing refusing = Refusing.NOTHING;

    /** What a server in trouble answers by an error. */
    enum Refusing {
        NOTHING,
        WRITES,
        ALL
    }

    SimulatedServer(String id, SimulatedTime time) {
        this.id = id;
        this.memory = new InMemoryServer(time);
    }

    void add(SimulatedNode client) {
        clients.add(client);
    }

    boolean hung() {
        return hung;
    }

    boolean running() {
        return memory.life().isPresent();
    }

    /** Something arrives: it is carried out now, or when the server resumes, or never if the server dies before. */
    void arrive(Runnable question) {
        if (hung) {
            backlog.add(question);
        } else {
            question.run();
        }
    }

    /** From now on it answers every question, or only every write, that it cannot do that. */
    void refuse(Refusing what) {
        refusing = what;
    }

    /** What it answers instead of an answer. */
    Optional<NodeFailure> refusal(boolean write) {
        boolean refused = refusing == Refusing.ALL || (refusing == Refusing.WRITES && write);
        return refused
                ? Optional.of(new NodeFailure(NodeFailure.Kind.REJECTED, "node " + id + " refused: SERVER_ERROR", null))
                : Optional.empty();
    }

    void hang() {
        hung = true;
    }

    void resume() {
        hung = false;
        while (!backlog.isEmpty()) {
            backlog.remove().run();
        }
    }

    /** Dies with all it kept; its clients notice soon. */
    void kill() {
        hung = false;
        backlog.clear();
        memory.kill();
        clients.forEach(SimulatedNode::connectionReset);
    }

    void start() {
        memory.start();
    }

    /** Loses one client's connection; the server lives. */
    void cut(SimulatedNode client) {
        client.connectionReset();
    }
}
