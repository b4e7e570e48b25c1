package io.memsession.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo's panel: a page on this machine's loopback, to kill, hang, resume and restart the demo's processes. It obeys
 * its own page alone, see {@link PanelGuard}.
 */
final class Panel implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int THREADS = 4;

    private static final Map<String, String> FILES = Map.of(
            "/", "text/html",
            "/panel.js", "text/javascript",
            "/panel.css", "text/css");

    private final Cluster cluster;
    private final DemoWatch watch;
    private final PanelGuard guard;
    private final HttpServer server;
    private final ExecutorService threads;

    /** An answer as it is sent. */
    private record Reply(int status, String type, String body) {

        static Reply text(int status, String text) {
            return new Reply(status, "text/plain", text + "\n");
        }
    }

    /** A panel that answers from now on. */
    Panel(int port, Cluster cluster, DemoWatch watch) throws IOException {
        this.cluster = cluster;
        this.watch = watch;
        this.guard = new PanelGuard(port, cluster.nginx().port());
        this.server = HttpServer.create(Ports.local(port), 0);
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "panel");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Tells the app servers, before they are started, at which port a panel will be, for the shop's page to show it.
     */
    static void announce(int port, Cluster cluster) {
        cluster.servers().forEach(server -> server.jvmOptions("-Dshop.panel=" + url(port)));
    }

    /** Where it is found. */
    String url() {
        return url(server.getAddress().getPort());
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = answer(exchange);
            guard.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", reply.type + ";charset=UTF-8");
            byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        String asked =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        Optional<String> refusal = guard.refusal(exchange.getRequestMethod(), exchange.getRequestHeaders());
        if (refusal.isPresent()) {
            return Reply.text(403, refusal.get());
        }
        if (asked.equals("GET /processes")) {
            return processes();
        }
        if (asked.startsWith("POST /orders/")) {
            return obey(asked.substring("POST /orders/".length()));
        }
        String file = asked.startsWith("GET ") ? asked.substring(4) : "";
        return FILES.containsKey(file) ? file(file) : Reply.text(404, "there is nothing under this method and path");
    }

    private Reply obey(String words) {
        int slash = words.indexOf('/');
        Optional<Order> order = Order.of(words.substring(0, Math.max(0, slash)));
        String name = words.substring(slash + 1);
        Optional<ServerProcess> process = cluster.process(name).filter(this::isListed);
        if (order.isEmpty() || process.isEmpty()) {
            return Reply.text(404, "there is no such order or process; as in: POST /orders/kill/n1");
        }
        Demo.say("panel: " + order.get().word() + " " + process.get().name());
        order.get().carryOut(process.get());
        return Reply.text(200, "done");
    }

    private Reply processes() {
        List<Map<String, String>> all = listed().map(this::description).toList();
        return new Reply(200, "application/json", JSON.writeValueAsString(all));
    }

    /** All but the balancer: there is but one, and without it nobody could see anything. */
    private Stream<ServerProcess> listed() {
        return cluster.all().stream().filter(this::isListed);
    }

    private boolean isListed(ServerProcess process) {
        return process != cluster.nginx();
    }

    private Map<String, String> description(ServerProcess process) {
        Map<String, String> description = new LinkedHashMap<>();
        description.put("name", process.name());
        description.put("address", process.hostAndPort());
        description.put("condition", watch.condition(process).name());
        description.put("words", watch.condition(process).words());
        return description;
    }

    private Reply file(String path) throws IOException {
        String name = path.equals("/") ? "panel.html" : path.substring(1);
        try (InputStream file = Panel.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing beside " + Panel.class.getName());
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new Reply(200, FILES.getOrDefault(path, "text/plain"), guard.admit(text));
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
