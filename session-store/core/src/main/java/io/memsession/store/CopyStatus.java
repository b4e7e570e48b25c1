package io.memsession.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How one home of a session is, and what it keeps of it.
 *
 * @param node the home's id
 * @param up whether it answers
 * @param holds whether it keeps a live record of the session
 * @param version how many times that record was written; 0 without one
 * @param bytes the record's size; 0 without one
 */
public record CopyStatus(String node, boolean up, boolean holds, long version, int bytes) {

    /** What each of the homes keeps, the primary first, as soon as all have said so. */
    static List<CopyStatus> all(Homes homes) {
        List<CompletableFuture<CopyStatus>> answers =
                homes.nodes().stream().map(node -> of(homes, node)).toList();
        Waiting.on(WriteRound.settled(answers));
        return answers.stream().map(CompletableFuture::join).toList();
    }

    /** Asks the node for it. Completes normally, whatever it answers. */
    static CompletableFuture<CopyStatus> of(Homes homes, WatchedNode node) {
        return node.get(homes.key())
                .thenApply(copy -> {
                    SessionRecord record =
                            copy.map(each -> RecordFormat.read(each.value())).orElse(SessionRecord.EMPTY);
                    boolean holds = copy.isPresent() && record.live();
                    int bytes = copy.map(each -> each.value().length).orElse(0);
                    return new CopyStatus(node.id(), true, holds, holds ? record.version() : 0, holds ? bytes : 0);
                })
                .exceptionally(error -> new CopyStatus(node.id(), node.up(), false, 0, 0));
    }
}
