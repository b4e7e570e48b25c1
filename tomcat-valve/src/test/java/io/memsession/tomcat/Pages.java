package io.memsession.tomcat;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The pages that most tests need. */
final class Pages {
    /** A value that is changed in place. */
    static final class Cart implements Serializable {
        private static final long serialVersionUID = 1;
        private final ArrayList<String> items = new ArrayList<>();

        List<String> items() {
            return items;
        }
    }

    private Pages() {}

    /** Adds {@code /set?name=&value=}, {@code /get?name=}, {@code /remove?name=}, {@code /cart?add=} and so on. */
    static AppServer on(AppServer server) {
        return server.page("/plain", (request, response) -> response.getWriter().print("plain"))
                .page("/set", (request, response) -> {
                    request.getSession().setAttribute(request.getParameter("name"), request.getParameter("value"));
                    response.getWriter().print(request.getSession().getId());
                })
                .page("/get", (request, response) -> {
                    HttpSession session = request.getSession(false);
                    response.getWriter()
                            .print(session == null ? "no session" : session.getAttribute(request.getParameter("name")));
                })
                .page(
                        "/remove",
                        (request, response) -> request.getSession().removeAttribute(request.getParameter("name")))
                .page("/cart", (request, response) -> {
                    Cart cart = (Cart) request.getSession().getAttribute("cart");
                    if (cart == null) {
                        cart = new Cart();
                        request.getSession().setAttribute("cart", cart);
                    }
                    if (request.getParameter("add") != null) {
                        cart.items().add(request.getParameter("add"));
                    }
                    response.getWriter().print(cart.items());
                })
                .page("/invalidate", (request, response) -> request.getSession().invalidate())
                .page("/rename", (request, response) -> response.getWriter().print(request.changeSessionId()));
    }
}
