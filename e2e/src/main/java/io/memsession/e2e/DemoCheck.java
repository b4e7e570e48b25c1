package io.memsession.e2e;

import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The unattended demo: one user fills a cart while servers die, and every answer is checked. */
final class DemoCheck {
    private static final Duration LONGEST_REFILL = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final Browser user;
    private final TreeMap<String, Integer> expected = new TreeMap<>();
    private int failures;

    DemoCheck(Cluster cluster) {
        this.cluster = cluster;
        this.user = new Browser(cluster.host());
    }

    /** Goes through all steps and tells whether everything was as it should be. */
    boolean holds() throws InterruptedException {
        NodeProcess node = cluster.nodes().get(0);
        AppServer server = cluster.servers().get(0);
        step("filling a cart through both servers");
        rounds(1, 2);
        for (NodeProcess home : cluster.nodes()) {
            check("node " + home.name() + " holds a copy", home.stat("curr_items") > 0, "it is empty");
        }
        step("killing node " + node + " with SIGKILL");
        node.kill9();
        rounds(3, 2);
        step("starting node " + node + " again, empty");
        node.restart();
        awaitSecondCopy(node);
        rounds(5, 2);
        step("killing server " + server + " with SIGKILL");
        server.kill9();
        rounds(7, 1);
        step("the session");
        check(
                "its plain id never changed",
                user.plainIds().size() == 1,
                user.plainIds().size() + " plain ids");
        Demo.say(failures == 0 ? "all checks hold" : failures + " checks FAILED");
        return failures == 0;
    }

    /** Changes and reads the cart several times; the requests must be spread over that many servers. */
    private void rounds(int quantity, int servers) {
        Set<String> answered = new TreeSet<>();
        for (String sku : new String[] {"tea", "cup", "honey"}) {
            expected.put(sku, quantity);
            answered.add(cartIsRight(user.post(url(), "/api/cart?sku=" + sku + "&quantity=" + quantity), "put " + sku));
            answered.add(cartIsRight(user.get(url(), "/api/cart"), "read"));
            answered.add(cartIsRight(user.get(url(), "/api/cart"), "read"));
        }
        check("answered by " + answered, answered.size() == servers, "expected " + servers + " servers");
    }

    private String cartIsRight(Answer answer, String did) {
        String server = answer.status() == 200 ? answer.text("server") : "HTTP " + answer.status();
        boolean right = answer.status() == 200 && answer.cart().equals(expected);
        check(
                did + " at " + server + ": the cart is " + expected,
                right && user.plainIds().size() == 1,
                "status " + answer.status() + ", " + answer.body().strip());
        return server;
    }

    /** The session's copy comes back when it is read: the two servers find out that the node is there again. */
    private void awaitSecondCopy(NodeProcess node) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_REFILL.toNanos();
        while (node.stat("curr_items") == 0 && System.nanoTime() < deadline) {
            user.get(url(), "/api/cart");
            TimeUnit.MILLISECONDS.sleep(100);
        }
        check("node " + node.name() + " holds a copy again", node.stat("curr_items") > 0, "it is still empty");
    }

    private String url() {
        return cluster.nginx().url();
    }

    private static void step(String what) {
        Demo.say("-- " + what);
    }

    private void check(String what, boolean holds, String otherwise) {
        failures += holds ? 0 : 1;
        Demo.say(holds ? "   ok      " + what : "   FAILED  " + what + " (" + otherwise + ")");
    }
}
