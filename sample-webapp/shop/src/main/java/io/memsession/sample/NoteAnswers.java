package io.memsession.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of the API about the session's note. */
final class NoteAnswers {
    private NoteAnswers() {}

    /** Reads; makes no session. */
    static void get(HttpServletRequest request, Map<String, @Nullable Object> answer) {
        HttpSession session = request.getSession(false);
        answer.put("found", session != null);
        answer.put(
                "value",
                session != null && session.getAttribute(Note.ATTRIBUTE) instanceof Note note ? note.text() : null);
    }

    /** Changes the note in place; the session is told of it only when it is new. */
    static void put(HttpServletRequest request, Map<String, @Nullable Object> answer) throws Refusal {
        String text = new Input(request).text("value");
        answer.put("found", request.getSession(false) != null);
        HttpSession session = request.getSession(true);
        if (session.getAttribute(Note.ATTRIBUTE) instanceof Note note) {
            note.text(text);
        } else {
            Note first = new Note();
            first.text(text);
            session.setAttribute(Note.ATTRIBUTE, first);
        }
        answer.put("value", text);
    }
}
