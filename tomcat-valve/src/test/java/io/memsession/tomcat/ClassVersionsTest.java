package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
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

    private Deployments deployments;

    @BeforeEach
    void start() {
        deployments = new Deployments(directory, Shop::new);
    }

    @AfterEach
    void stop() {
        deployments.close();
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

    private Path application(String name, String cart, String color) throws IOException {
        return deployments.application(name, Map.of("Cart", cart, "Color", color, "Log", LOG));
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
        Tomcat tomcat = deployments.tomcat();
        Context old = deployments.deploy(tomcat, "/old", oldApplication());
        deployments.deploy(tomcat, "/new", newApplication());
        String oldId = deployments.filled(tomcat, "/old");
        String newId = deployments.filled(tomcat, "/new");

        assertThat(deployments.get(tomcat, "/old/", oldId).body()).startsWith("cart:items=3; color:RED; log:l; ");
        assertThat(deployments.get(tomcat, "/new/", newId).body())
                .startsWith("cart:items=3 voucher=V1; color:GREEN; log:l; ");

        WeakReference<ClassLoader> left = new WeakReference<>(old.getLoader().getClassLoader());
        Deployments.undeploy(tomcat, old);
        old = null;

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return left.get() == null;
        });
        assertThat(deployments.get(tomcat, "/new/", newId).body())
                .startsWith("cart:items=3 voucher=V1; color:GREEN; log:l; ");
    }

    @Test
    void oldAndNewServersShareSessionsInARollingDeploy() throws Exception {
        Path oldOne = oldApplication();
        Path newOne = newApplication();
        Tomcat first = deployments.tomcat();
        Tomcat second = deployments.tomcat();
        Context before = deployments.deploy(first, "/shop", oldOne);
        deployments.deploy(second, "/shop", newOne);
        String fromOld = deployments.filled(first, "/shop");
        String fromNew = deployments.filled(second, "/shop");

        assertThat(deployments.get(second, "/shop/", fromOld).body())
                .startsWith("cart:items=3 voucher=null; color:RED; log:l; ");
        assertThat(deployments.get(first, "/shop/note?n1", fromNew).body())
                .as("a constant that the old server does not know")
                .isEqualTo("cart:items=3; color:null; log:l; note:n1; ");
        assertThat(deployments.get(second, "/shop/", fromNew).body())
                .as("what the old server read was not stripped, what it could not read was kept")
                .isEqualTo("cart:items=3 voucher=V1; color:GREEN; log:l; note:n1; ");

        Deployments.undeploy(first, before);
        deployments.deploy(first, "/shop", newOne);
        for (Tomcat server : List.of(first, second)) {
            assertThat(deployments.get(server, "/shop/", fromNew).body())
                    .isEqualTo("cart:items=3 voucher=V1; color:GREEN; log:l; note:n1; ");
            assertThat(deployments.get(server, "/shop/", fromOld).body())
                    .startsWith("cart:items=3 voucher=null; color:RED; log:l; ");
        }
    }
}
