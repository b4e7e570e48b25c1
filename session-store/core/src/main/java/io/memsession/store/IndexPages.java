package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sets of session ids by topic, each in pages on two nodes. A page is read from both and is everything that either
 * knows; it is written to both. A topic that outgrows a page is split: ids added from then on go to four times as many
 * pages, by their hash, and those already there stay. So every page stays far below a node's item limit, and a set of a
 * few ids costs one item.
 */
final class IndexPages {
    /** Of 40 to 170 bytes each. */
    static final int MOST_IDS = 1_000;

    private static final int SPLIT_BITS = 2;
    private static final Duration EMPTY_KEPT = Duration.ofHours(1);

    private final Nodes nodes;
    private final Pair pair;

    /**
     * One page of a topic: the first is alone on level 0, and each level has four times the pages of the one before.
     */
    private record Place(String topic, int level, int number) {
        String name() {
            return topic + '.' + level + '.' + number;
        }
    }

    IndexPages(Nodes nodes, Pair pair) {
        this.nodes = nodes;
        this.pair = pair;
    }

    /**
     * Adds ids to a topic and drops others from it. Reads, and writes only what is not so already. Fails as unavailable
     * if none of a page's nodes answered.
     *
     * @param topic lower-case letters and digits
     * @param ttl how long the ids are to be found at least
     */
    CompletableFuture<Void> change(String topic, Set<SessionId> added, Set<SessionId> dropped, Duration ttl) {
        Place first = new Place(topic, 0, 0);
        return update(first, ttl, root -> root.with(root.level() == 0 ? added : Set.of(), dropped))
                .thenCompose(root -> root.level() == 0
                        ? splitIfFull(root, topic, 0, ttl)
                        : changeBehind(root, topic, added, dropped, ttl));
    }

    private CompletableFuture<Void> changeBehind(
            IndexPage root, String topic, Set<SessionId> added, Set<SessionId> dropped, Duration ttl) {
        List<CompletableFuture<Void>> pages = new ArrayList<>();
        Set<SessionId> missing = new HashSet<>(added);
        missing.removeAll(root.ids());
        places(topic, root.level(), missing)
                .forEach((place, ids) -> pages.add(update(place, ttl, page -> page.with(ids, dropped))
                        .thenCompose(page -> splitIfFull(page, topic, root.level(), ttl))));
        for (int level = 1; level <= root.level(); level++) {
            places(topic, level, dropped)
                    .forEach((place, ids) -> pages.add(
                            update(place, ttl, page -> page.with(Set.of(), ids)).thenApply(done -> null)));
        }
        return WriteRound.allOrFirstFailure(pages);
    }

    private static Map<Place, Set<SessionId>> places(String topic, int level, Set<SessionId> ids) {
        return ids.stream().collect(Collectors.groupingBy(id -> place(topic, level, id), Collectors.toSet()));
    }

    private static Place place(String topic, int level, SessionId id) {
        int hash = id.plain().hashCode() * 0x9E3779B9;
        return new Place(topic, level, level == 0 ? 0 : hash >>> (Integer.SIZE - SPLIT_BITS * level));
    }

    private CompletableFuture<Void> splitIfFull(IndexPage page, String topic, int level, Duration ttl) {
        if (page.ids().size() <= MOST_IDS || level >= IndexPage.MAX_LEVEL) {
            return CompletableFuture.completedFuture(null);
        }
        return update(new Place(topic, 0, 0), ttl, root -> root.atLevel(Math.max(root.level(), level + 1)))
                .thenApply(done -> null);
    }

    /** All ids of a topic. Fails as unavailable if none of a page's nodes answered. */
    CompletableFuture<Set<SessionId>> read(String topic) {
        return page(new Place(topic, 0, 0)).thenCompose(root -> {
            List<CompletableFuture<IndexPage>> rest = IntStream.rangeClosed(1, root.level())
                    .boxed()
                    .flatMap(level -> IntStream.range(0, 1 << (SPLIT_BITS * level))
                            .mapToObj(number -> page(new Place(topic, level, number))))
                    .toList();
            return CompletableFuture.allOf(rest.toArray(CompletableFuture<?>[]::new))
                    .thenApply(all -> {
                        Set<SessionId> ids = new TreeSet<>(root.ids());
                        rest.forEach(page -> ids.addAll(page.join().ids()));
                        return ids;
                    });
        });
    }

    private CompletableFuture<IndexPage> page(Place place) {
        return ask(place).thenApply(Found::merged);
    }

    private CompletableFuture<IndexPage> update(Place place, Duration ttl, UnaryOperator<IndexPage> change) {
        return update(place, ttl, change, pair.retry());
    }

    /** Whoever was faster is read, and added to. */
    private CompletableFuture<IndexPage> update(
            Place place, Duration ttl, UnaryOperator<IndexPage> change, Retry retry) {
        return ask(place).thenCompose(found -> {
            IndexPage known = Found.merged(found);
            IndexPage next = change.apply(known);
            if (next.equals(known) && (next.ids().isEmpty() || fresh(known, ttl))) {
                return CompletableFuture.completedFuture(known);
            }
            IndexPage stamped = next.writtenAt(pair.now());
            Duration kept = stamped.ids().isEmpty() && stamped.level() == 0 ? EMPTY_KEPT : ttl;
            return WriteRound.send(
                            pageKey(place), found.stream().map(Found::held).toList(), stamped.bytes(), kept)
                    .thenCompose(round -> round.refused()
                            ? retry.later(() -> update(place, ttl, change, retry))
                            : CompletableFuture.completedFuture(stamped));
        });
    }

    /** Whether the page is not half way to its end. */
    private boolean fresh(IndexPage page, Duration ttl) {
        return pair.now() - page.written() < ttl.toMillis() / 2;
    }

    /** What one node keeps of a page. */
    private record Found(Held held, IndexPage page) {
        static IndexPage merged(List<Found> found) {
            return found.stream().map(Found::page).reduce(IndexPage.EMPTY, IndexPage::merge);
        }
    }

    /** What the page's nodes keep of it, as far as they answer. */
    private CompletableFuture<List<Found>> ask(Place place) {
        List<WatchedNode> homes =
                nodes.homes(new SessionId(place.name(), null, null)).nodes();
        List<CompletableFuture<Optional<Copy>>> answers =
                homes.stream().map(node -> node.get(pageKey(place))).toList();
        return WriteRound.settled(answers).thenApply(all -> {
            List<Found> found = new ArrayList<>(homes.size());
            for (int i = 0; i < homes.size(); i++) {
                if (!answers.get(i).isCompletedExceptionally()) {
                    found.add(found(homes.get(i), answers.get(i).join()));
                }
            }
            if (found.isEmpty()) {
                throw new StoreUnavailableException("no node answered that keeps the index");
            }
            return found;
        });
    }

    private static Found found(WatchedNode node, Optional<Copy> copy) {
        return new Found(
                new Held(node, copy.map(Copy::token).orElse(null)),
                copy.flatMap(each -> IndexPage.read(each.value())).orElse(IndexPage.EMPTY));
    }

    private String pageKey(Place place) {
        return pair.marks().keys().indexKey(place.name());
    }
}
