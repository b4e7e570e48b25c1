package io.memsession.sample;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The customer's picture: uploaded at {@code /picture}, shown at {@code /pictures/<name>}, where nginx asks the
 * memcacheds first and comes here only if none of them has it.
 */
public final class PictureServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** The session's attribute. */
    static final String ATTRIBUTE = "picture";

    private transient @Nullable Pictures pictures;

    /** Made by the container. */
    public PictureServlet() {}

    @Override
    public void init() throws ServletException {
        try {
            pictures = Pictures.of(this);
        } catch (IOException | IllegalArgumentException e) {
            throw new ServletException(Pictures.SETTING + ": host:port,host:port is needed", e);
        }
    }

    @Override
    public void destroy() {
        if (pictures != null) {
            pictures.close();
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            Picture picture = Picture.of(uploaded(request));
            request.getSession().setAttribute(ATTRIBUTE, picture);
            if (pictures != null) {
                pictures.put(picture.name(), picture.bytes());
            }
            response.setStatus(303);
            response.setHeader("Location", request.getContextPath() + "/");
        } catch (Refusal refusal) {
            response.sendError(refusal.status(), refusal.getMessage());
        }
    }

    private static byte[] uploaded(HttpServletRequest request) throws IOException, Refusal {
        try {
            Part part = request.getPart("picture");
            if (part == null) {
                throw Refusal.badInput("picture: a file is needed");
            }
            try (InputStream file = part.getInputStream()) {
                return file.readNBytes(Picture.MOST + 1);
            } finally {
                part.delete();
            }
        } catch (IllegalStateException e) { // so the container tells that it is too large to be read
            throw Picture.tooLarge();
        } catch (ServletException e) {
            throw Refusal.badInput("picture: a form with one file of at most " + Picture.MOST + " bytes is needed");
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        String name = path == null ? "" : path.substring(1);
        Optional<Picture.Kind> kind = Picture.isName(name) ? Picture.Kind.ofName(name) : Optional.empty();
        Optional<byte[]> bytes = kind.flatMap(known -> find(name, request));
        if (bytes.isEmpty()) {
            response.sendError(404);
            return;
        }
        response.setContentType(kind.get().contentType);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(bytes.get().length);
        response.getOutputStream().write(bytes.get());
    }

    private Optional<byte[]> find(String name, HttpServletRequest request) {
        Optional<byte[]> kept = pictures == null ? Optional.empty() : pictures.get(name);
        if (kept.isPresent()) {
            return kept;
        }
        HttpSession session = request.getSession(false);
        if (session != null
                && session.getAttribute(ATTRIBUTE) instanceof Picture own
                && own.name().equals(name)) {
            if (pictures != null) {
                pictures.put(name, own.bytes());
            }
            return Optional.of(own.bytes());
        }
        return Optional.empty();
    }
}
