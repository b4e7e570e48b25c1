package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An old and a new version of an application side by side on two Tomcats, for each way in which a class may change. A
 * server sees of what the other one made what Java serialization would, or nothing; and what was read or could not be
 * read there is whole where it came from.
 */
class RollingDeployTest {
    /** How a class changes, what each version makes and what the other one sees of it; null: it cannot be read. */
    enum Change {
        FIELD_ADDED(
                thing("int n = 1;", "n"),
                thing("int n = 2; String more = \"m\";", "n + more"),
                "1",
                "2m",
                "1null",
                "2"),
        FIELD_REMOVED(
                thing("int n = 1; String less = \"l\";", "n + less"),
                thing("int n = 2;", "n"),
                "1l",
                "2",
                "1",
                "2null"),
        FIELD_RENAMED(thing("int n = 1;", "n"), thing("int number = 2;", "number"), "1", "2", "0", "0"),
        FIELD_RETYPED(thing("int n = 1;", "n"), thing("String n = \"2\";", "n"), "1", "2", "null", "null"),
        FIELD_MOVED(inherited("", "int n = 1, m = 1;"), inherited("int n = 2;", "int m = 2;"), "11", "22", "01", "02"),
        CONSTANT_ADDED(constants("A", "A"), constants("B, A", "B"), "A", "B", "A", "null"),
        CONSTANT_REMOVED(constants("A, B", "B"), constants("A", "A"), "B", "A", "null", "A"),
        COMPONENT_ADDED(
                record("int x", "1"),
                record("String y, int x", "\"y\", 2"),
                "Thing[x=1]",
                "Thing[y=y, x=2]",
                "Thing[y=null, x=1]",
                "Thing[x=2]"),
        COMPONENT_RENAMED(
                record("int x", "1"),
                record("int lat", "2"),
                "Thing[x=1]",
                "Thing[lat=2]",
                "Thing[lat=0]",
                "Thing[x=0]"),
        COMPONENTS_REORDERED(
                record("int x, int y", "1, 2"),
                record("int y, int x", "3, 4"),
                "Thing[x=1, y=2]",
                "Thing[y=3, x=4]",
                "Thing[y=2, x=1]",
                "Thing[x=4, y=3]"),
        CLASS_GONE(
                thing("Object part = new Part();", "part")
                        + "class Part implements java.io.Serializable { public String toString() { return \"p\"; } }",
                thing("int m = 2;", "m"),
                "p",
                "2",
                "null",
                "null");

        private final String oldClass;
        private final String newClass;
        private final String oldMade;
        private final String newMade;
        private final String oldSeenByNew;
        private final String newSeenByOld;

        Change(
                String oldClass,
                String newClass,
                String oldMade,
                String newMade,
                String oldSeenByNew,
                String newSeenByOld) {
            this.oldClass = oldClass;
            this.newClass = newClass;
            this.oldMade = oldMade;
            this.newMade = newMade;
            this.oldSeenByNew = oldSeenByNew;
            this.newSeenByOld = newSeenByOld;
        }

        private static String thing(String fields, String shown) {
            return "public class Thing implements java.io.Serializable {" + body(fields, shown);
        }

        private static String inherited(String base, String own) {
            return "class Base implements java.io.Serializable {" + base + "} public class Thing extends Base {"
                    + body(own, "n + \"\" + m");
        }

        private static String body(String fields, String shown) {
            return fields + " public String toString() { return \"\" + " + shown + "; }"
                    + " public static Object make() { return new Thing(); } } ";
        }

        private static String constants(String names, String made) {
            return "public enum Thing { " + names + "; public static Object make() { return " + made + "; } }";
        }

        private static String record(String components, String values) {
            return "public record Thing(" + components + ") implements java.io.Serializable {"
                    + " public static Object make() { return new Thing(" + values + "); } }";
        }
    }

    /** Shows the thing in the session, which it makes or adds a note to if asked. */
    private static final class Showing extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            HttpSession session = request.getSession();
            try {
                if (request.getPathInfo().equals("/fill")) {
                    Class<?> thing = getServletContext().getClassLoader().loadClass("shop.Thing");
                    session.setAttribute("thing", thing.getMethod("make").invoke(null));
                } else if (request.getQueryString() != null) {
                    session.setAttribute("note", request.getQueryString());
                }
            } catch (ReflectiveOperationException e) {
                throw new ServletException(e);
            }
            response.getWriter().print(session.getAttribute("thing") + " " + session.getAttribute("note"));
        }
    }

    @TempDir
    Path directory;

    private Deployments deployments;

    @BeforeEach
    void start() {
        deployments = new Deployments(directory, Showing::new);
    }

    @AfterEach
    void stop() {
        deployments.close();
    }

    private String seen(Tomcat tomcat, String path, String id) throws Exception {
        return deployments.get(tomcat, path, id).body();
    }

    @ParameterizedTest
    @EnumSource
    void msm295EachServerSeesWhatJavaWouldAndSpoilsNothing(Change change) throws Exception {
        Path oldOne = deployments.application("old", Map.of("Thing", change.oldClass));
        Path newOne = deployments.application("new", Map.of("Thing", change.newClass));
        Tomcat first = deployments.tomcat();
        Tomcat second = deployments.tomcat();
        Context before = deployments.deploy(first, "/shop", oldOne);
        deployments.deploy(second, "/shop", newOne);
        String fromOld = deployments.filled(first, "/shop");
        String fromNew = deployments.filled(second, "/shop");

        assertThat(seen(second, "/shop/?n", fromOld)).isEqualTo(change.oldSeenByNew + " n");
        assertThat(seen(first, "/shop/?o", fromNew)).isEqualTo(change.newSeenByOld + " o");
        assertThat(seen(first, "/shop/", fromOld)).isEqualTo(change.oldMade + " n");
        assertThat(seen(second, "/shop/", fromNew)).isEqualTo(change.newMade + " o");

        Deployments.undeploy(first, before);
        deployments.deploy(first, "/shop", newOne);
        assertThat(seen(first, "/shop/", fromNew)).isEqualTo(change.newMade + " o");
        assertThat(seen(first, "/shop/", fromOld)).isEqualTo(change.oldSeenByNew + " n");
    }
}
