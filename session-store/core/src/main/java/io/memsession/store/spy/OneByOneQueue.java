package io.memsession.store.spy;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is to be written, of which each has a write of its own, where spymemcached would fill its buffer with as many as
 * fit. It looks into the queue of what waits for an answer before it fills the buffer, and only then; so what is
 * removed here, as it is in the buffer, seems to have been the last until it has looked there again.
 *
 * <p>Over TLS a write is a record. memcached (1.6.18) waits for its socket even if the rest of a record is still within
 * its TLS library: a question that begins in a record in which another one ends would be answered only when something
 * more comes.
 */
final class OneByOneQueue<E> extends LinkedBlockingQueue<E> {
    private static final long serialVersionUID = 1;

    private transient boolean filled; // of the one thread that writes

    /** A queue for what waits for an answer. */
    BlockingQueue<E> written() {
        return new Written<>(this);
    }

    @Override
    public E remove() {
        filled = true;
        return super.remove();
    }

    @Override
    public @Nullable E peek() {
        return filled ? null : super.peek();
    }

    private static final class Written<E> extends LinkedBlockingQueue<E> {
        private static final long serialVersionUID = 1;

        private final OneByOneQueue<E> unwritten;

        Written(OneByOneQueue<E> unwritten) {
            this.unwritten = unwritten;
        }

        @Override
        public int remainingCapacity() {
            unwritten.filled = false;
            return super.remainingCapacity();
        }
    }
}
