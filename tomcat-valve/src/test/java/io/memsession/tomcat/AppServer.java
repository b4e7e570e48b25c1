package io.memsession.tomcat;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.ExpandWar;
import org.apache.catalina.startup.Tomcat;

/** A Tomcat in this JVM with one application, whose sessions are Memsession's. */
final class AppServer implements AutoCloseable {
    /** What a page of the application does. */
    @FunctionalInterface
    interface Page {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    /** What a client got. */
    record Answer(int status, String body, String cookie, HttpResponse<String> response) {}

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Tomcat tomcat = new Tomcat();
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final MemcachedSessionManager manager = new MemcachedSessionManager();
    private final Context context;
    private final Path base = temporary();

    AppServer(Map<String, String> attributes, Consumer<Context> more) {
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        context = tomcat.addContext("", base.toString());
        context.setSessionTimeout(30);
        set(attributes);
        context.setManager(manager);
        addPages();
        more.accept(context);
    }

    private void addPages() {
        Wrapper servlet = Tomcat.addServlet(context, "pages", new Pages());
        servlet.setAsyncSupported(true);
        servlet.addMapping("/*");
    }

    /** Stops and starts the application. */
    void reload() {
        context.reload();
        addPages(); // a reload forgets what was not in a web.xml
    }

    /** A running server on these nodes, n1 and n2. */
    static AppServer on(MemcachedServer... nodes) {
        return on(Map.of(), nodes);
    }

    static AppServer on(Map<String, String> attributes, MemcachedServer... nodes) {
        return on(attributes, context -> {}, nodes);
    }

    static AppServer on(Map<String, String> attributes, Consumer<Context> more, MemcachedServer... nodes) {
        return new AppServer(withNodes(attributes, nodes), more).start();
    }

    static Map<String, String> withNodes(Map<String, String> attributes, MemcachedServer... nodes) {
        Map<String, String> all = new LinkedHashMap<>(attributes);
        all.putIfAbsent("sticky", "false");
        all.putIfAbsent("classFilter", "io.memsession.tomcat.*"); // the pages are in no WEB-INF/classes
        StringBuilder addresses = new StringBuilder();
        for (int i = 0; i < nodes.length; i++) {
            addresses.append(i == 0 ? "" : ",").append(nodes[i].address("n" + (i + 1)));
        }
        all.putIfAbsent("memcachedNodes", addresses.toString());
        return all;
    }

    private void set(Map<String, String> attributes) {
        attributes.forEach((name, value) -> {
            if (!org.apache.tomcat.util.IntrospectionUtils.setProperty(manager, name, value)) {
                throw new IllegalArgumentException("the manager has no attribute " + name);
            }
        });
    }

    AppServer start() {
        try {
            tomcat.start();
            return this;
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers requests for that path; replaces the page that was there. */
    AppServer page(String path, Page page) {
        pages.put(path, page);
        return this;
    }

    Answer get(String path, String cookie) {
        return send(path, cookie).join();
    }

    CompletableFuture<Answer> send(String path, String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie.startsWith("JSESSIONID=") ? cookie : "JSESSIONID=" + cookie);
        }
        return CLIENT.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(AppServer::answer);
    }

    private static Answer answer(HttpResponse<String> response) {
        String set = response.headers().firstValue("Set-Cookie").orElse("");
        String cookie = set.startsWith("JSESSIONID=") ? set.substring("JSESSIONID=".length(), set.indexOf(';')) : "";
        return new Answer(response.statusCode(), response.body(), cookie, response);
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    org.apache.catalina.connector.Connector connector() {
        return tomcat.getConnector();
    }

    Context context() {
        return context;
    }

    MemcachedSessionManager manager() {
        return manager;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
            ExpandWar.delete(base.toFile());
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path temporary() {
        try {
            // absolute: Tomcat looks for a relative one in its own folder
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "servers").toAbsolutePath()), "tomcat");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Pages extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            Page page = pages.get(request.getPathInfo());
            if (page == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            } else {
                page.answer(request, response);
            }
        }
    }
}
