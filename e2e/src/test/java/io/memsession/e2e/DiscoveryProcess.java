package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

/** The script of {@code deploy/discovery}, on the machine of the memcached that it tells the nodes. */
final class DiscoveryProcess extends ServerProcess {
    private static final String KEY = "AmazonElastiCache:cluster";
    private static final String LIST = "memcached-nodes";

    private final String script;
    private final MemcachedProcess node;

    /** The script, not yet started; it tells that node the list of all nodes, under version 1. */
    DiscoveryProcess(Slot slot, MemcachedProcess node, List<MemcachedProcess> all) {
        super(slot);
        this.script = slot.layout().file("deploy/discovery/memcached-discovery").toString();
        this.node = node;
        String list = all.stream()
                .map(each -> each.hostAndPort().replace(":", "||") + "\n")
                .collect(Collectors.joining("", "1\n", ""));
        try {
            Files.writeString(folder().resolve(LIST), list);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    List<String> command() {
        return List.of(script, LIST, "127.0.0.1:" + node.port());
    }

    /** Ends it, and its memcached forgets the list. */
    void forget() {
        kill9();
        node.forget(KEY);
    }

    /** Whether its memcached has a list. */
    @Override
    boolean answers() {
        return node.answers() && !node.text(KEY).isEmpty();
    }
}
