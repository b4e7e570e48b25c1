package io.memsession.tomcat;

import java.security.Principal;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.AuthenticatorBase;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;

/** An application whose page {@code /secure} is for clerks, of whom there is one: ann. */
final class Logins {
    private Logins() {}

    /** Knows ann by her password, her certificate or her ticket. */
    private static final class Users extends RealmBase {
        @Override
        protected String getPassword(String username) {
            return username.equals("ann") ? "secret" : null;
        }

        @Override
        protected Principal getPrincipal(String username) {
            return List.of("ann", "CN=ann").contains(username)
                    ? new GenericPrincipal("ann", List.of("clerk", "buyer"))
                    : null;
        }

        @Override
        public Principal authenticate(String username, String password) {
            return "secret".equals(password) ? getPrincipal(username) : null;
        }
    }

    /** Has that authenticator ask who wants to see {@code /secure}. */
    static void protect(Context context, String method, AuthenticatorBase authenticator) {
        context.setLoginConfig(new LoginConfig(method, "here", "/login.html", "/login.html"));
        SecurityConstraint constraint = new SecurityConstraint();
        SecurityCollection collection = new SecurityCollection();
        collection.addPattern("/secure");
        constraint.addCollection(collection);
        constraint.addAuthRole("clerk");
        context.addSecurityRole("clerk");
        context.addConstraint(constraint);
        context.setRealm(new Users());
        context.getPipeline().addValve(authenticator);
    }

    /** Adds the pages, which say who is logged in. */
    static AppServer on(AppServer server) {
        return server.page(
                        "/login.html",
                        (request, response) -> response.getWriter().print("login page"))
                .page("/begin", (request, response) -> request.getSession())
                .page(
                        "/open",
                        (request, response) ->
                                response.getWriter().print(request.getUserPrincipal() + " " + request.getAuthType()))
                .page("/logout", (request, response) -> {
                    request.logout();
                    response.getWriter().print(request.getRemoteUser());
                })
                .page(
                        "/secure",
                        (request, response) -> response.getWriter()
                                .print(request.getMethod() + " " + request.getRemoteUser() + " "
                                        + request.isUserInRole("buyer") + request.isUserInRole("boss") + " "
                                        + request.getAuthType() + " "
                                        + request.getInputStream().readAllBytes().length + " "
                                        + request.getHeader("X-Test")));
    }
}
