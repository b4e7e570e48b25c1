package io.memsession.spring;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;

/** An application of two plain servlets, which answer as the test that runs wants. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class PageShop {
    private static final Page EMPTY = (request, response) -> {};

    private static volatile Page first = EMPTY;
    private static volatile Page second = EMPTY;

    /** What its session listeners were told, at all app servers of this JVM. */
    static final List<String> TOLD = new CopyOnWriteArrayList<>();

    /** What a servlet does. */
    interface Page {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    /** From now on {@code /first} does that, and {@code /second}, which is the page for a conflict too, nothing. */
    static void answers(Page page) {
        answers(page, EMPTY);
    }

    static void answers(Page page, Page other) {
        first = page;
        second = other;
    }

    @Bean
    ServletContextInitializer pages() {
        return context -> {
            context.addServlet("first", servlet((request, response) -> first.answer(request, response)))
                    .addMapping("/first");
            context.addServlet("second", servlet((request, response) -> second.answer(request, response)))
                    .addMapping("/second");
        };
    }

    @Bean
    ErrorPageRegistrar conflict() {
        return registry -> registry.addErrorPages(new ErrorPage(HttpStatus.CONFLICT, "/second"));
    }

    @Bean
    HttpSessionListener listener() {
        return new HttpSessionListener() {
            @Override
            public void sessionCreated(HttpSessionEvent event) {
                TOLD.add("created " + event.getSession().getId());
            }

            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                TOLD.add("destroyed " + event.getSession().getId() + " with "
                        + event.getSession().getAttribute("a"));
            }
        };
    }

    @SuppressWarnings("serial") // nobody serializes a servlet here
    private static HttpServlet servlet(Page page) {
        return new HttpServlet() {
            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws ServletException, IOException {
                page.answer(request, response);
            }
        };
    }
}
