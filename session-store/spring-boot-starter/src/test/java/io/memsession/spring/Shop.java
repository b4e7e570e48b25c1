package io.memsession.spring;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A small application on a real Tomcat, as one app server of a test. */
final class Shop implements AutoCloseable {
    private final ServletWebServerApplicationContext context;

    private Shop(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    static Shop start(String nodes, String... settings) {
        return start(nodes, Application.class, withoutSecurity(settings));
    }

    /** Spring Security is on the class path for other tests; this shop has no logins. */
    static String[] withoutSecurity(String... settings) {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = "spring.autoconfigure.exclude="
                + StreamSupport.stream(
                                ImportCandidates.load(AutoConfiguration.class, null)
                                        .spliterator(),
                                false)
                        .filter(name -> name.startsWith("org.springframework.boot.security"))
                        .collect(Collectors.joining(","));
        return all;
    }

    static Shop start(String nodes, Class<?> application, String... settings) {
        String[] all = new String[settings.length + 4];
        all[0] = "memsession.nodes=" + nodes;
        all[1] = "server.port=0";
        all[2] = "spring.main.banner-mode=off";
        all[3] = "spring.main.web-application-type=servlet";
        System.arraycopy(settings, 0, all, 4, settings.length);
        return new Shop((ServletWebServerApplicationContext)
                new SpringApplicationBuilder(application).properties(all).run());
    }

    int port() {
        return context.getWebServer().getPort();
    }

    ServletWebServerApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {

        /** Not a page of Spring MVC: that asks for a session in any case, for the sake of flash attributes. */
        @Bean
        ServletRegistrationBean<HttpServlet> none() {
            return new ServletRegistrationBean<>(new NoSession(), "/none");
        }
    }

    static final class NoSession extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("none");
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/read")
        String read(HttpServletRequest request) {
            return cart(request.getSession(false));
        }

        @GetMapping("/write")
        String write(HttpSession session, @RequestParam String cart) {
            session.setAttribute("cart", cart);
            return cart;
        }

        @GetMapping("/read-flush")
        void readAndFlush(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(cart(request.getSession(false)));
            response.flushBuffer();
            response.getWriter().print("!");
        }

        @GetMapping("/read-redirect")
        void readAndRedirect(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendRedirect("/none?" + cart(request.getSession(false)));
        }

        @GetMapping("/write-redirect")
        void writeAndRedirect(HttpSession session, HttpServletResponse response, @RequestParam String cart)
                throws IOException {
            session.setAttribute("cart", cart);
            response.sendRedirect("/read");
        }

        @GetMapping("/async")
        Callable<String> async(HttpServletRequest request) {
            String before = cart(request.getSession(false));
            return () -> before;
        }

        @GetMapping("/login")
        String login(HttpServletRequest request) {
            request.getSession();
            request.changeSessionId();
            return "in";
        }

        @GetMapping("/logout")
        String logout(HttpServletRequest request) {
            request.getSession().invalidate();
            return "out";
        }

        @GetMapping("/login-logout")
        String loginAndLogout(HttpServletRequest request) {
            request.getSession();
            request.changeSessionId();
            request.getSession().invalidate();
            return "out";
        }

        @GetMapping("/fail")
        String fail(HttpServletRequest request) {
            request.getSession();
            throw new IllegalStateException("as the test wants");
        }

        private static String cart(@Nullable HttpSession session) {
            return session == null ? "no session" : String.valueOf(session.getAttribute("cart"));
        }
    }
}
