package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
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
import javax.tools.ToolProvider;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Web applications with different versions of their classes, in one Tomcat and side by side in a rolling deploy. */
class ClassVersionsTest {
    private static final String OLD_COLOR = "public enum Color { RED }";
    private static final String NEW_COLOR = "public enum Color { GREEN, RED }";
    /** In mode J, as it writes itself. */
    private static final String LOG = """
            public class Log implements java.io.Serializable {
                private final transient String text;
                public Log(String text) { this.text = text; }
                private Object writeReplace() { return new Form(text); }
                @Override public String toString() { return text; }
                record Form(String text) implements java.io.Serializable {
                    private Object readResolve() { return new Log(text); }
                }
            }
            """;

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Tomcat> tomcats = new ArrayList<>();
    private MemcachedServer n1;
    private MemcachedServer n2;

    @BeforeEach
    void start() throws Exception {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
    }

    @AfterEach
    void stop() throws Exception {
        for (Tomcat tomcat : tomcats) {
            tomcat.stop();
            tomcat.destroy();
        }
        n1.close();
        n2.close();
    }

    private static String cart(String fields) {
        return "public class Cart implements java.io.Serializable {" + fields
                + " @Override public String toString() { return \"items=\" + items + voucher(); } }";
    }

    private Path oldApplication() throws IOException {
        return application("old", cart("public int items; String voucher() { return \"\"; }"), OLD_COLOR);
    }

    private Path newApplication() throws IOException {
        String fields = "private String voucher = \"V1\"; public int items;"
                + " String voucher() { return \" voucher=\" + voucher; }";
        return application("new", cart(fields), NEW_COLOR);
    }

    /** An exploded web application with these classes. */
    private Path application(String name, String cart, String color) throws IOException {
        Path classes = Files.createDirectories(directory.resolve(name).resolve("WEB-INF/classes"));
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString(), "--release", "17"));
        for (String[] each : new String[][] {{"Cart", cart}, {"Color", color}, {"Log", LOG}}) {
            Path source = directory.resolve(name).resolve(each[0] + ".java");
            arguments.add(Files.writeString(source, "package shop; " + each[1]).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0])))
                .isZero();
        return directory.resolve(name);
    }

    private Tomcat tomcat() throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcats.add(tomcat);
        tomcat.setBaseDir(Files.createTempDirectory(directory, "tomcat").toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.start();
        return tomcat;
    }

    private Context deploy(Tomcat tomcat, String path, Path application) {
        StandardContext context = new StandardContext();
        context.setName(path);
        context.setPath(path);
        context.setDocBase(application.toString());
        context.setLoader(new WebappLoader());
        context.addLifecycleListener(new Tomcat.FixContextListener());
        MemcachedSessionManager manager = new MemcachedSessionManager();
        manager.setMemcachedNodes(n1.address("n1") + "," + n2.address("n2"));
        manager.setSticky(false);
        context.setManager(manager);
        Tomcat.addServlet(context, "shop", new Shop()).addMapping("/*");
        tomcat.getHost().addChild(context);
        assertThat(context.getState().isAvailable()).isTrue();
        return context;
    }

    private static void undeploy(Tomcat tomcat, Context context) throws Exception {
        tomcat.getHost().removeChild(context);
        context.destroy();
    }

    private HttpResponse<String> get(Tomcat tomcat, String path, String id) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!id.isEmpty()) {
            request.header("Cookie", "JSESSIONID=" + id);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** A new session, filled by the application's own classes. */
    private String filled(Tomcat tomcat, String path) throws Exception {
        String set = get(tomcat, path + "/fill", "")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        return set.substring(set.indexOf('=') + 1, set.indexOf(';'));
    }

    /** Knows the application's classes by name only, as they are another in each application. */
    private static final class Shop extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            HttpSession session = request.getSession();
            try {
                if (request.getPathInfo().equals("/fill")) {
                    fill(session, getServletContext().getClassLoader());
                } else if (request.getPathInfo().equals("/note")) {
                    session.setAttribute("note", request.getQueryString());
                }
            } catch (ReflectiveOperationException e) {
                throw new ServletException(e);
            }
            for (String name : List.of("cart", "color", "log", "note")) {
                response.getWriter().print(name + ":" + session.getAttribute(name) + "; ");
            }
        }

        private static void fill(HttpSession session, ClassLoader application) throws ReflectiveOperationException {
            Object cart = application.loadClass("shop.Cart").getConstructor().newInstance();
            cart.getClass().getField("items").setInt(cart, 3);
            session.setAttribute("cart", cart);
            session.setAttribute("color", application.loadClass("shop.Color").getEnumConstants()[0]);
            Class<?> log = application.loadClass("shop.Log");
            session.setAttribute("log", log.getConstructor(String.class).newInstance("l"));
        }
    }

    @Test
    void applicationsInOneTomcatKeepTheirOwnVersionsAndAStoppedOneIsForgotten() throws Exception {
        Tomcat tomcat = tomcat();
        Context old = deploy(tomcat, "/old", oldApplication());
        deploy(tomcat, "/new", newApplication());
        String oldId = filled(tomcat, "/old");
        String newId = filled(tomcat, "/new");

        assertThat(get(tomcat, "/old/", oldId).body()).startsWith("cart:items=3; color:RED; log:l; ");
        assertThat(get(tomcat, "/new/", newId).body()).startsWith("cart:items=3 voucher=V1; color:GREEN; log:l; ");

        WeakReference<ClassLoader> left = new WeakReference<>(old.getLoader().getClassLoader());
        undeploy(tomcat, old);
        old = null;

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return left.get() == null;
        });
        assertThat(get(tomcat, "/new/", newId).body()).startsWith("cart:items=3 voucher=V1; color:GREEN; log:l; ");
    }

    @Test
    void oldAndNewServersShareSessionsInARollingDeploy() throws Exception {
        Path oldOne = oldApplication();
        Path newOne = newApplication();
        Tomcat first = tomcat();
        Tomcat second = tomcat();
        Context before = deploy(first, "/shop", oldOne);
        deploy(second, "/shop", newOne);
        String fromOld = filled(first, "/shop");
        String fromNew = filled(second, "/shop");

        assertThat(get(second, "/shop/", fromOld).body()).startsWith("cart:items=3 voucher=null; color:RED; log:l; ");
        assertThat(get(first, "/shop/note?n1", fromNew).body())
                .as("a constant that the old server does not know")
                .isEqualTo("cart:items=3; color:null; log:l; note:n1; ");
        assertThat(get(second, "/shop/", fromNew).body())
                .as("what the old server read was not stripped, what it could not read was kept")
                .isEqualTo("cart:items=3 voucher=V1; color:GREEN; log:l; note:n1; ");

        undeploy(first, before);
        deploy(first, "/shop", newOne);
        for (Tomcat server : List.of(first, second)) {
            assertThat(get(server, "/shop/", fromNew).body())
                    .isEqualTo("cart:items=3 voucher=V1; color:GREEN; log:l; note:n1; ");
            assertThat(get(server, "/shop/", fromOld).body())
                    .startsWith("cart:items=3 voucher=null; color:RED; log:l; ");
        }
    }
}
