package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What a node's futures come to, which they must do soon. */
public final class Answers {
    private static final int BOUND_SECONDS = 10;

    private Answers() {}

    /** What a future completes with. */
    public static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** How a future fails, which it must; not wrapped in anything. */
    public static NodeFailure failure(CompletableFuture<?> future) {
        assertThat(catchThrowable(() -> future.get(BOUND_SECONDS, TimeUnit.SECONDS)))
                .isInstanceOf(ExecutionException.class);
        Throwable thrown = future.handle((value, failure) -> failure).join();
        assertThat(thrown).isInstanceOf(NodeFailure.class);
        return (NodeFailure) thrown;
    }

    /** The kind of a future's failure. */
    public static NodeFailure.Kind kind(CompletableFuture<?> future) {
        return failure(future).kind();
    }
}
