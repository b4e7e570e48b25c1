package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Principal;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is logged in as an object of the application's own class. */
class OwnPrincipalTest {
    private static final String CLERK = "public class Clerk implements java.security.Principal, java.io.Serializable {"
            + " private final String desk = \"desk 7\";"
            + " public String getName() { return \"ann\"; }"
            + " public String toString() { return getName() + \" at \" + desk; } }";

    @TempDir
    private Path directory;

    /** Says who is logged in. */
    private static final class Who extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getUserPrincipal() + " " + request.getAuthType());
        }
    }

    /** Logs in whoever comes to {@code /fill}, as a realm of the application's would. */
    private static final class LogIn extends ValveBase {
        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            if (request.getRequestURI().endsWith("/fill")) {
                Session session = request.getSessionInternal(true);
                session.setPrincipal(clerk(request.getContext()));
                session.setAuthType("OWN");
            }
            getNext().invoke(request, response);
        }

        private static Principal clerk(Context context) throws ServletException {
            try {
                return (Principal) context.getLoader()
                        .getClassLoader()
                        .loadClass("shop.Clerk")
                        .getConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException e) {
                throw new ServletException(e);
            }
        }
    }

    private void assertKnownElsewhere(Path application, String classFilter) throws Exception {
        try (Deployments deployments = new Deployments(directory, Who::new)) {
            Tomcat one = deployments.tomcat();
            Tomcat two = deployments.tomcat();
            deployments
                    .deploy(one, "/a", application, classFilter)
                    .getPipeline()
                    .addValve(new LogIn());
            deployments.deploy(two, "/a", application, classFilter);
            String id = deployments.filled(one, "/a");
            assertThat(deployments.get(two, "/a/who", id).body()).isEqualTo("ann at desk 7 OWN");
        }
    }

    private Path application() throws IOException {
        try (Deployments deployments = new Deployments(directory, Who::new)) {
            return deployments.application("app", Map.of("Clerk", CLERK));
        }
    }

    @Test
    void isKnownOnTheOtherServerWithAClassFromWebInfClasses() throws Exception {
        assertKnownElsewhere(application(), "");
    }

    @Test
    void msmA1IsKnownOnTheOtherServerWithAClassFromWebInfLib() throws Exception {
        assertKnownElsewhere(Deployments.packed(application()), "shop.*");
    }
}
