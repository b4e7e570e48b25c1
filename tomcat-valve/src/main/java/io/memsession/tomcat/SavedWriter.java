package io.memsession.tomcat;

import java.io.PrintWriter;

/** The writer of a {@link SavedResponse}. */
final class SavedWriter extends PrintWriter {
    private final PrintWriter writer;
    private final SavedResponse response;

    SavedWriter(PrintWriter writer, SavedResponse response) {
        super(writer);
        this.writer = writer;
        this.response = response;
    }

    @Override
    public void write(int each) {
        if (!response.closed()) {
            response.writingText(1);
            writer.write(each);
        }
    }

    @Override
    public void write(char[] text, int offset, int count) {
        if (!response.closed()) {
            response.writingText(count);
            writer.write(text, offset, count);
        }
    }

    @Override
    public void write(String text, int offset, int count) {
        if (!response.closed()) {
            response.writingText(count);
            writer.write(text, offset, count);
        }
    }

    /** Ends a line as Tomcat's writer does. */
    @Override
    public void println() {
        write("\r\n", 0, 2);
    }

    @Override
    public void flush() {
        if (!response.closed()) {
            response.flushing();
            writer.flush();
        }
    }

    @Override
    public boolean checkError() {
        return writer.checkError();
    }

    @Override
    public void close() {
        response.close();
    }
}
