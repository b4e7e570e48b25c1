package io.memsession.tomcat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** The stream of a {@link SavedResponse}. */
final class SavedStream extends ServletOutputStream {
    private final ServletOutputStream stream;
    private final SavedResponse response;

    SavedStream(ServletOutputStream stream, SavedResponse response) {
        this.stream = stream;
        this.response = response;
    }

    @Override
    public void write(int each) throws IOException {
        if (!response.closed()) {
            response.writing(1);
            stream.write(each);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (!response.closed()) {
            response.writing(count);
            stream.write(bytes, offset, count);
        }
    }

    @Override
    public void flush() throws IOException {
        if (!response.closed()) {
            response.flushing();
            stream.flush();
        }
    }

    @Override
    public void close() {
        response.close();
    }

    @Override
    public boolean isReady() {
        return stream.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        stream.setWriteListener(listener);
    }
}
