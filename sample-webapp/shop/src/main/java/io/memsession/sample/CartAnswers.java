package io.memsession.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of the API about the cart, and about who answered this session's requests. */
final class CartAnswers {
    private CartAnswers() {}

    /** The cart as it is. */
    static void get(HttpServletRequest request, Map<String, @Nullable Object> answer) {
        HttpSession session = request.getSession(true);
        visit(session, request, answer);
        answer(session, Cart.of(session), answer);
    }

    /** Makes it so many of a product: said twice it is the same, so a balancer may repeat it. */
    static void put(HttpServletRequest request, Map<String, @Nullable Object> answer) throws Refusal {
        Input input = new Input(request);
        change(request, input.product(), input.number("quantity", 0, Cart.MOST), answer);
    }

    /** Takes a product out. */
    static void delete(HttpServletRequest request, Map<String, @Nullable Object> answer) throws Refusal {
        change(request, new Input(request).product(), 0, answer);
    }

    /** The last requests for the page or the cart; makes no session. */
    static void history(HttpServletRequest request, Map<String, @Nullable Object> answer) {
        HttpSession session = request.getSession(false);
        List<Visit> visits = session == null ? List.of() : History.of(session).visits();
        answer.put("history", visits.stream().map(CartAnswers::entry).toList());
    }

    private static void change(
            HttpServletRequest request, Product product, int quantity, Map<String, @Nullable Object> answer) {
        HttpSession session = request.getSession(true);
        visit(session, request, answer);
        Cart cart = Cart.of(session);
        cart.put(product, quantity);
        cart.keepIn(session);
        answer(session, cart, answer);
    }

    private static void visit(HttpSession session, HttpServletRequest request, Map<String, @Nullable Object> answer) {
        String path = request.getMethod() + " " + request.getServletPath() + "/cart";
        History.record(session, new Visit(String.valueOf(answer.get("server")), System.currentTimeMillis(), path));
    }

    private static void answer(HttpSession session, Cart cart, Map<String, @Nullable Object> answer) {
        answer.put("id", session.getId());
        answer.put("user", SessionAnswers.user(session));
        answer.put("lines", cart.items().stream().map(CartAnswers::line).toList());
        answer.put("totalCents", cart.totalCents());
    }

    private static Map<String, Object> line(Item item) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("sku", item.sku());
        line.put("title", item.title());
        line.put("quantity", item.quantity());
        line.put("cents", item.cents());
        return line;
    }

    private static Map<String, Object> entry(Visit visit) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("server", visit.server());
        entry.put("at", visit.at());
        entry.put("path", visit.path());
        return entry;
    }
}
