package io.memsession.e2e;

import java.util.List;
import java.util.Map;

/**
 * What a cluster is made of.
 *
 * @param nodes how many memcacheds
 * @param proxied whether the app servers reach them through {@link FaultProxy}s
 * @param nodeOptions what else memcached is started with
 * @param settings what else the app servers are told, such as {@code protocol}
 * @param wrappers for each app server the words that its command begins with, such as those of a program that changes
 *     its clock; none where there are fewer
 */
public record Plan(
        int nodes,
        boolean proxied,
        List<String> nodeOptions,
        Map<String, String> settings,
        List<List<String>> wrappers) {

    /** The demo's: a pair, reached directly. */
    public static Plan pair() {
        return new Plan(2, false, List.of(), Map.of(), List.of());
    }

    /** The tests': with faults on every way. */
    public static Plan faulty(int nodes) {
        return new Plan(nodes, true, List.of(), Map.of(), List.of());
    }

    Plan withNodeOptions(String... options) {
        return new Plan(nodes, proxied, List.of(options), settings, wrappers);
    }

    Plan withSettings(Map<String, String> more) {
        return new Plan(nodes, proxied, nodeOptions, more, wrappers);
    }

    Plan withWrappers(List<List<String>> words) {
        return new Plan(nodes, proxied, nodeOptions, settings, words);
    }

    List<String> wrapper(int server) {
        return server < wrappers.size() ? wrappers.get(server) : List.of();
    }
}
