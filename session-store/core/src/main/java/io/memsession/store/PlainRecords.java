package io.memsession.store;

import java.util.concurrent.CompletableFuture;

/**
 * The sessions that were kept before sealing was turned on, under keys with their plain ids. One that is asked for goes
 * on sealed, and its plain record is ended; in that order, so that who finds it ended finds it sealed.
 */
final class PlainRecords {
    private final Nodes nodes;
    private final Pair pair;

    PlainRecords(Nodes nodes, Pair pair) {
        this.nodes = nodes;
        this.pair = pair;
    }

    /** The session as {@link Pair#loadHere} has it, taken over from its plain record if it has no other. */
    CompletableFuture<Loaded> load(Homes sealed) {
        return pair.loadHere(sealed)
                .thenCompose(loaded -> loaded.record() == null
                        ? takeOver(sealed, nodes.plainHomes(sealed.id()))
                        : CompletableFuture.completedFuture(loaded));
    }

    private CompletableFuture<Loaded> takeOver(Homes sealed, Homes plain) {
        return pair.read(plain).thenCompose(old -> {
            SessionRecord record = old.live();
            if (record == null) {
                return old.record() == null
                        ? CompletableFuture.completedFuture(old)
                        : pair.loadHere(sealed); // somebody else may have taken it over since
            }
            return new RenameOperation(pair, plain, sealed)
                    .put(record)
                    .thenCompose(kept -> pair.endHere(plain).thenApply(ended -> kept));
        });
    }

    /** Ends the session under both keys. */
    CompletableFuture<Void> end(Homes sealed, Ended ended) {
        return pair.endHere(sealed, ended)
                .thenCompose(done -> pair.endHere(nodes.plainHomes(sealed.id()), new Ended()));
    }
}
