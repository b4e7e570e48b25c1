package io.memsession.tomcat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * A response whose end the client cannot see before the session is saved: it is closed when its request has been
 * handled, not when the application closes its writer; and where its length is known, so that the client can tell the
 * end by itself, the session is saved before the last byte.
 */
final class SavedResponse extends HttpServletResponseWrapper {
    private static final String STATIC_FILES = "org.apache.catalina.servlets.DefaultServlet";

    private final RequestScope scope;
    private final boolean ofError;
    private @Nullable ServletOutputStream stream;
    private @Nullable PrintWriter writer;
    private long length = -1;
    private long written;
    private boolean closed;

    /** @param ofError whether it is an error page's: Tomcat ends such a response when the page closes it */
    SavedResponse(HttpServletResponse response, RequestScope scope, boolean ofError) {
        super(response);
        this.scope = scope;
        this.ofError = ofError;
    }

    /**
     * Whether the request's response should be one: static files change no session, and are sent without copying,
     * unless there are filters that could.
     */
    static boolean suits(Request request, RequestScope scope) {
        Wrapper servlet = request.getWrapper();
        boolean file = servlet != null && STATIC_FILES.equals(servlet.getServletClass());
        boolean filtered = LoginPageFilter.areOthersIn(request.getContext());
        return !(request.getResponse().getResponse() instanceof SavedResponse)
                && !(file && (!filtered || scope.ignored()));
    }

    /** So many bytes at most are about to be written. */
    void writing(long count) {
        scope.beforeHead();
        written += count;
        if (length >= 0 && written >= length) {
            scope.save();
        }
    }

    /** What was written is about to be sent. */
    void flushing() {
        scope.beforeHead();
        // the first flush sends the head, which may be all there is
        if (length >= 0 || !super.isCommitted() || scope.request().isAsync()) {
            scope.save();
        }
    }

    /** The application has closed it; what it writes from now on is lost. */
    void close() {
        if (ofError && !closed) {
            scope.save();
        }
        closed = true;
    }

    /** {@inheritDoc} A redirect with a body is sent at once. */
    @Override
    public void sendRedirect(String location) throws IOException {
        if (!closed && scope.request().getContext().getSendRedirectBody()) {
            scope.save();
        }
        super.sendRedirect(location);
    }

    /** So many characters are about to be written: as many bytes, or up to three times as many. */
    void writingText(long count) {
        String charset = getCharacterEncoding();
        boolean bytes = charset != null && (charset.startsWith("ISO-8859") || charset.equals("US-ASCII"));
        writing(bytes ? count : 3 * count);
    }

    boolean closed() {
        return closed;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        if (stream == null) {
            stream = new SavedStream(super.getOutputStream(), this);
        }
        return stream;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (writer == null) {
            writer = new SavedWriter(super.getWriter(), this);
        }
        return writer;
    }

    @Override
    public void flushBuffer() throws IOException {
        if (!closed) {
            flushing();
            super.flushBuffer();
        }
    }

    @Override
    public boolean isCommitted() {
        return closed || super.isCommitted();
    }

    @Override
    public void reset() {
        requireOpen();
        super.reset();
        stream = null;
        writer = null;
        length = -1;
        written = 0;
    }

    @Override
    public void resetBuffer() {
        requireOpen();
        super.resetBuffer();
        written = 0;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the response is closed");
        }
    }

    @Override
    public void setContentLength(int bytes) {
        length = bytes;
        super.setContentLength(bytes);
    }

    @Override
    public void setContentLengthLong(long bytes) {
        length = bytes;
        super.setContentLengthLong(bytes);
    }

    @Override
    public void setHeader(String name, String value) {
        note(name, value);
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
        note(name, value);
        super.addHeader(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        note(name, String.valueOf(value));
        super.setIntHeader(name, value);
    }

    @Override
    public void addIntHeader(String name, int value) {
        note(name, String.valueOf(value));
        super.addIntHeader(name, value);
    }

    private void note(@Nullable String name, @Nullable String value) {
        if (name != null && value != null && name.toLowerCase(Locale.ROOT).equals("content-length")) {
            try {
                length = Long.parseLong(value);
            } catch (NumberFormatException e) {
                // Tomcat ignores it too
            }
        }
    }
}
