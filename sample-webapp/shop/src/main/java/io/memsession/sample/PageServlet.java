package io.memsession.sample;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.LinkedHashMap;

/**
 * The shop's page and its forms: mapped to the context's root, {@code /add}, {@code /remove}, {@code /login} and
 * {@code /logout}. Every form leads back to the page.
 */
public final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Made by the container. */
    public PageServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            super.service(request, response);
        } catch (IllegalStateException e) {
            if (!SessionAnswers.isOver(request)) {
                throw e;
            }
            backToThePage(request, response); // which begins another session
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getServletPath().isEmpty()) {
            backToThePage(request, response);
            return;
        }
        HttpSession session = request.getSession(true);
        visit(session, "GET /");
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", policy());
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter()
                .write(new ShopPage(Place.name(this), request.getContextPath(), Place.panel(this), session).html());
    }

    /** All from here, but for the panel of a demo. */
    private String policy() {
        String panel = Place.panel(this);
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src "
                + (panel.isEmpty() ? "'none'" : panel)
                + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            act(request);
            backToThePage(request, response);
        } catch (Refusal refusal) {
            response.sendError(refusal.status(), refusal.getMessage());
        }
    }

    private void act(HttpServletRequest request) throws Refusal {
        switch (request.getServletPath()) {
            case "/add" -> {
                Product product = new Input(request).product();
                Cart cart = cart(request);
                cart.addOne(product);
                cart.keepIn(request.getSession());
            }
            case "/remove" -> {
                Product product = new Input(request).product();
                Cart cart = cart(request);
                cart.put(product, 0);
                cart.keepIn(request.getSession());
            }
            case "/login" -> SessionAnswers.login(request, new LinkedHashMap<>());
            case "/logout" -> SessionAnswers.logout(request);
            default -> throw new Refusal(404, "no such form");
        }
    }

    private Cart cart(HttpServletRequest request) {
        HttpSession session = request.getSession(true);
        visit(session, "POST " + request.getServletPath());
        return Cart.of(session);
    }

    private void visit(HttpSession session, String path) {
        History.record(session, new Visit(Place.name(this), System.currentTimeMillis(), path));
    }

    private static void backToThePage(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(303);
        response.setHeader("Location", request.getContextPath() + "/");
    }
}
