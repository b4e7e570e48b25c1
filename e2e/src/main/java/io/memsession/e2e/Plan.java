package io.memsession.e2e;

import java.util.Map;

/**
 * What a cluster is made of.
 *
 * @param nodes how many nodes
 * @param redis whether they are Redis servers, in place of memcacheds
 * @param proxied whether the app servers reach them through {@link FaultProxy}s
 * @param settings what else the app servers are told, such as {@code protocol}
 * @param site where its processes run
 */
public record Plan(int nodes, boolean redis, boolean proxied, Map<String, String> settings, Site site) {

    /** The demo's: a pair, reached directly. */
    public static Plan pair() {
        return new Plan(2, false, false, Map.of(), Site.HERE);
    }

    /** A pair of Redis servers, reached directly. */
    static Plan onRedis() {
        return new Plan(2, true, false, Map.of(), Site.HERE);
    }

    /** The tests': with faults on every way. */
    public static Plan faulty(int nodes) {
        return new Plan(nodes, false, true, Map.of(), Site.HERE);
    }

    /** A pair that app servers know by one address, each process where that site has it. */
    static Plan at(Site site) {
        return new Plan(2, false, false, Map.of(), site);
    }

    Plan withSettings(Map<String, String> more) {
        return new Plan(nodes, redis, proxied, more, site);
    }
}
