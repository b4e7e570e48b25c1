package io.memsession.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON API, for scripts and load: mapped to {@code /api/*}. Every answer is an object that tells the
 * {@code server}; a refusal adds an {@code error}.
 */
public final class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Made by the container. */
    public ApiServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, @Nullable Object> answer = Place.answer(Place.name(this));
        int status = 200;
        try {
            route(request, answer);
            status = answer.containsKey("session") ? 404 : 200;
        } catch (Refusal refusal) {
            answer.put("error", refusal.getMessage());
            status = refusal.status();
        } catch (IllegalStateException e) {
            if (!SessionAnswers.isOver(request)) {
                throw e;
            }
            answer = Place.answer(Place.name(this));
            answer.put("found", false);
        }
        response.setStatus(status);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getWriter().write(Json.of(answer) + "\n");
    }

    private static void route(HttpServletRequest request, Map<String, @Nullable Object> answer) throws Refusal {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        List<String> parts = List.of(path.split("/", -1));
        String method = request.getMethod();
        if (parts.size() == 2) {
            plain(request, method + " " + parts.get(1), answer);
        } else if (parts.size() == 3 && parts.get(1).equals("attributes")) {
            attribute(request, method, parts.get(2), answer);
        } else if (parts.size() == 4 && parts.get(1).equals("attributes") && method.equals("POST")) {
            change(request, parts.get(2), parts.get(3), answer);
        } else {
            throw unknown();
        }
    }

    private static void plain(HttpServletRequest request, String asked, Map<String, @Nullable Object> answer)
            throws Refusal {
        switch (asked) {
            case "GET nothing" -> {}
            case "GET live" -> LiveAnswers.show(request, answer);
            case "GET attributes" -> AttributeAnswers.all(request, answer);
            case "GET session" -> SessionAnswers.show(request, answer);
            case "GET cart" -> CartAnswers.get(request, answer);
            case "POST cart" -> CartAnswers.put(request, answer);
            case "DELETE cart" -> CartAnswers.delete(request, answer);
            case "GET history" -> CartAnswers.history(request, answer);
            case "GET note" -> NoteAnswers.get(request, answer);
            case "POST note" -> NoteAnswers.put(request, answer);
            case "POST login" -> SessionAnswers.login(request, answer);
            case "POST logout" -> answer.put("found", SessionAnswers.logout(request));
            case "POST rename" -> SessionAnswers.rename(request, answer);
            case "POST timeout" -> SessionAnswers.timeout(request, answer);
            default -> throw unknown();
        }
    }

    private static void attribute(
            HttpServletRequest request, String method, String name, Map<String, @Nullable Object> answer)
            throws Refusal {
        switch (method) {
            case "GET" -> AttributeAnswers.get(request, name, answer);
            case "PUT", "POST" -> AttributeAnswers.put(request, name, answer);
            case "DELETE" -> AttributeAnswers.delete(request, name, answer);
            default -> throw unknown();
        }
    }

    private static void change(
            HttpServletRequest request, String name, String how, Map<String, @Nullable Object> answer) throws Refusal {
        switch (how) {
            case "increment" -> AttributeAnswers.increment(request, name, answer);
            case "fill" -> AttributeAnswers.fill(request, name, answer);
            default -> throw unknown();
        }
    }

    private static Refusal unknown() {
        return new Refusal(404, "there is nothing under this method and path");
    }
}
