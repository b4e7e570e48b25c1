package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several contexts in one server, versions of one among them. */
class ContextsTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private MemcachedServer n1;
    private MemcachedServer n2;
    private Tomcat tomcat;

    @BeforeEach
    void start() throws Exception {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        n1.close();
        n2.close();
    }

    private Context context(String path, String version, boolean sticky) throws IOException {
        return deploy(path, version, sticky, n1.address("n1") + "," + n2.address("n2"));
    }

    private Context deploy(String path, String version, boolean sticky, String nodes) throws IOException {
        Path base = Files.createTempDirectory(directory, "context");
        StandardContext context = new StandardContext();
        context.setName(path + (version.isEmpty() ? "" : "##" + version));
        context.setPath(path);
        context.setWebappVersion(version);
        context.setDocBase(base.toString());
        context.setLoader(new WebappLoader());
        context.setSessionCookiePath("/");
        context.addLifecycleListener(new Tomcat.FixContextListener());
        MemcachedSessionManager manager = new MemcachedSessionManager();
        manager.setMemcachedNodes(nodes);
        manager.setSticky(sticky);
        context.setManager(manager);
        Tomcat.addServlet(context, "counting", new Counting()).addMapping("/*");
        tomcat.getHost().addChild(context);
        assertThat(context.getState().isAvailable()).isTrue();
        return context;
    }

    /** Counts its requests in the session. */
    private static final class Counting extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Integer count = (Integer) request.getSession().getAttribute("count");
            request.getSession().setAttribute("count", count == null ? 1 : count + 1);
            response.getWriter()
                    .print(request.getContextPath()
                            + request.getServletContext().getServletContextName() + " "
                            + request.getSession().getAttribute("count"));
        }
    }

    private HttpResponse<String> get(String path, String... cookies) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path))
                .timeout(Duration.ofSeconds(20));
        if (cookies.length > 0) {
            request.header(
                    "Cookie",
                    List.of(cookies).stream().map(each -> "JSESSIONID=" + each).collect(Collectors.joining("; ")));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String count(HttpResponse<String> response) {
        return response.body().replaceFirst(".* ", "");
    }

    private static String cookie(HttpResponse<String> response) {
        String set = response.headers().firstValue("Set-Cookie").orElse("=;");
        return set.substring(set.indexOf('=') + 1, set.indexOf(';'));
    }

    @Test
    void msm214ContextsThatShareAnIdDoNotOverwriteEachOther() throws Exception {
        context("/a", "", false);
        context("/b", "", false);
        String id = cookie(get("/a"));
        assertThat(count(get("/a", id))).isEqualTo("2");
        HttpResponse<String> other = get("/b", id);
        assertThat(count(other)).isEqualTo("1");
        assertThat(cookie(other)).isIn("", id);
        assertThat(count(get("/a", id))).isEqualTo("3");
        assertThat(count(get("/b", id))).isEqualTo("2");
    }

    @Test
    void msmP4VersionsWithDotsAndDashesKeepTheirSessions() throws Exception {
        context("/v", "1.0.2-rc.1", false);
        String old = cookie(get("/v"));
        assertThat(count(get("/v", old))).isEqualTo("2");
        context("/v", "1.0.3", false);
        assertThat(count(get("/v", old))).isEqualTo("3");
        String fresh = cookie(get("/v"));
        assertThat(count(get("/v", fresh))).isEqualTo("2");
        assertThat(count(get("/v", old))).isEqualTo("4");
    }

    @Test
    void namesAndVersionsMayHoldAnyCharacters() throws Exception {
        for (String version : List.of("ü 1;2%", "a|b #c+", "€")) {
            Context context = context("/ä b", version, false);
            String id = cookie(get("/%C3%A4%20b"));
            assertThat(count(get("/%C3%A4%20b", id))).isEqualTo("2");
            tomcat.getHost().removeChild(context);
        }
    }

    /** The connector asks the Manager of each version whether it has the session. */
    @Test
    void severalVersionsInAnOutageAre503AndNoErrorOfTheConnector() throws Exception {
        context("/v", "1", false);
        String old = cookie(get("/v"));
        context("/v", "2", false);
        n1.freeze();
        n2.freeze();
        HttpResponse<String> refused = get("/v", old);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        n1.thaw();
        n2.thaw();
        await().until(() -> get("/v", old).body().endsWith(" 2"));
    }

    @Test
    void aPageThatIncludesOneOfAnotherContextKeepsTheSessionsOfBoth() throws Exception {
        Context including = context("/a", "", false);
        including.setCrossContext(true);
        Tomcat.addServlet(including, "including", new Including()).addMapping("/both");
        context("/b", "", false);
        String id = cookie(get("/a/both"));
        assertThat(count(get("/a/both", id))).isEqualTo("2");
        assertThat(count(get("/b", id))).isEqualTo("3");
        assertThat(count(get("/a", id))).isEqualTo("3");
    }

    /** Counts its requests in its own session and in that of {@code /b}. */
    private static final class Including extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            new Counting().doGet(request, response);
            request.getServletContext()
                    .getContext("/b")
                    .getRequestDispatcher("/")
                    .include(request, response);
        }
    }

    @Test
    void msm197OfSeveralCookiesTheRightOneIsFound() throws Exception {
        context("/a", "", false);
        String id = cookie(get("/a"));
        String stranger = "0123456789ABCDEF0123456789ABCDEF-n1";
        assertThat(count(get("/a", stranger, id))).isEqualTo("2");
        assertThat(count(get("/a", id, stranger))).isEqualTo("3");
        assertThat(count(get("/a", "rubbish", id))).isEqualTo("4");
    }

    @Test
    void msmP6AForgedIdWithAllNodesUpOrOneDownEndsAtOnce() throws Exception {
        try (MemcachedServer n3 = MemcachedServer.started()) {
            MemcachedServer[] up = {n2, n3};
            deploy("/a", "", false, n1.address("n1") + "," + n2.address("n2") + "," + n3.address("n3"));
            get("/a");
            n1.kill();
            long before = up[0].commands() + up[1].commands();
            for (String node : List.of("n1", "n2", "n3", "n1")) {
                assertThat(get("/a", "0123456789ABCDEF0123456789ABCDEF-" + node).statusCode())
                        .isIn(200, 503);
            }
            assertThat(up[0].commands() + up[1].commands() - before).isLessThan(60);
        }
    }

    @Test
    void msmP10ReadingASessionThatNeverEndsWritesNothing() throws Exception {
        Context context = context("/a", "", false);
        context.setSessionTimeout(-1);
        String id = cookie(get("/a"));
        long before = n1.stat("cmd_set") + n2.stat("cmd_set");
        Tomcat.addServlet(context, "reading", new HttpServlet() {
                    private static final long serialVersionUID = 1;

                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        response.getWriter().print(request.getSession().getAttribute("count"));
                    }
                })
                .addMapping("/read");
        for (int i = 0; i < 5; i++) {
            assertThat(get("/a/read", id).body()).isEqualTo("1");
        }
        assertThat(n1.stat("cmd_set") + n2.stat("cmd_set") - before).isLessThanOrEqualTo(4);
    }

    @Test
    void msmManyContextsHaveOneConnectionForEachNodeAndOneSetOfThreads() throws Exception {
        context("/a", "", false);
        long one = n1.stat("curr_connections");
        int threads = threads();
        for (int i = 0; i < 5; i++) {
            context("/c" + i, "", i % 2 == 0);
        }
        get("/c0");
        get("/c1");
        assertThat(n1.stat("curr_connections")).isEqualTo(one);
        assertThat(threads()).isEqualTo(threads);
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("memsession"))
                .count();
    }

    @Test
    void msm145AStoppedContextIsForgotten() throws Exception {
        context("/stays", "", true);
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (boolean sticky : new boolean[] {true, false}) {
            Context gone = context("/gone", "", sticky);
            String id = cookie(get("/gone"));
            assertThat(count(get("/gone", id))).isEqualTo("2");
            loaders.add(new WeakReference<>(gone.getLoader().getClassLoader()));
            tomcat.getHost().removeChild(gone);
            gone.destroy();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
        assertThat(count(get("/stays"))).isEqualTo("1");
    }

    @Test
    void msm364ARedeployedContextGoesOnWithItsSessions() throws Exception {
        for (boolean sticky : new boolean[] {true, false}) {
            Context before = context("/r" + sticky, "", sticky);
            String id = cookie(get("/r" + sticky));
            tomcat.getHost().removeChild(before);
            before.destroy();
            context("/r" + sticky, "", sticky);
            assertThat(count(get("/r" + sticky, id))).isEqualTo("2");
        }
    }
}
