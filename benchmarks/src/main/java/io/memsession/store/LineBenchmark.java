package io.memsession.store;

import io.memsession.store.SecuredServer.Wants;
import io.memsession.store.line.Line;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one get of 2 KB costs over each kind of line, one after the other on one connection. */
final class LineBenchmark {
    private static final int ROUNDS = 15;
    private static final int GETS = 4_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private LineBenchmark() {}

    /** Prints the median round of each; the lines take turns, so that what else the machine does meets all alike. */
    public static void main(String... arguments) {
        try (MemcachedServer plain = MemcachedServer.started();
                SecuredServer tls = SecuredServer.started(Wants.TLS);
                SecuredServer both = SecuredServer.started(Wants.TLS, Wants.SASL)) {
            Map<String, MemcachedNode> nodes = new LinkedHashMap<>();
            nodes.put("plain", node(Line.PLAIN, plain));
            nodes.put("TLS", node(tls.line(), tls.process()));
            nodes.put("TLS and SASL", node(both.line(), both.process()));
            Map<String, double[]> took = new LinkedHashMap<>();
            for (int round = 0; round < 2 * ROUNDS; round++) {
                int measured = round - ROUNDS; // the first half is for the compiler
                nodes.forEach((name, node) -> {
                    double micros = round(node);
                    if (measured >= 0) {
                        took.computeIfAbsent(name, each -> new double[ROUNDS])[measured] = micros;
                    }
                });
            }
            took.forEach((name, micros) -> {
                Arrays.sort(micros);
                System.out.printf("%s: %.1f µs a get (best round %.1f)%n", name, micros[ROUNDS / 2], micros[0]);
            });
            nodes.values().forEach(MemcachedNode::close);
        }
        System.exit(0);
    }

    private static MemcachedNode node(Line line, MemcachedServer server) {
        MemcachedNode node = new SpyNodes(Protocol.BINARY, PATIENCE, 1_000_000, InstantSource.system(), line)
                .node(server.address("n1"));
        node.probe().join();
        node.set("k", new byte[2_048], Duration.ZERO).join();
        return node;
    }

    private static double round(MemcachedNode node) {
        long start = System.nanoTime();
        for (int i = 0; i < GETS; i++) {
            node.get("k").join();
        }
        return (System.nanoTime() - start) / 1e3 / GETS;
    }
}
