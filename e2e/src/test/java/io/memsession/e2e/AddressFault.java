package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Something that happens to the machine that has the address, or around it, and passes. */
enum AddressFault {
    /** Its memcached is killed; started again, empty, when the other machine has the address. */
    MEMCACHED_KILLED,
    /** Its memcached hangs until the other machine has the address. */
    MEMCACHED_HUNG,
    /** Its cable is pulled until the other machine has the address. */
    LINK_CUT,
    /** Its keepalived is killed, and the address stays with it: both have it until keepalived is started again. */
    KEEPALIVED_KILLED,
    /** The two machines do not hear each other, and both have the address; everybody else reaches both. */
    PARTITION,
    /** It is switched off and on; the list of nodes is written only when it has taken the address back. */
    MACHINE_RESTARTED;

    private static final Duration LASTS = Duration.ofMillis(1500);

    /** This one, to happen to who has the address now. */
    Failure of(Vip vip) {
        return new AtHolder(this, vip, vip.holder());
    }

    private record AtHolder(AddressFault fault, Vip vip, int holder) implements Failure {
        @Override
        public MemcachedProcess victim() {
            return vip.cluster().memcacheds().get(holder);
        }

        @Override
        public Duration lasts() {
            return LASTS;
        }

        @Override
        public void begin() {
            long began = System.nanoTime();
            fault.begin(vip, victim(), holder);
            vip.awaitHolder(1 - holder);
            System.out.printf(
                    Locale.ROOT,
                    "%s %s: the other machine has the address after %.1f s%n",
                    fault,
                    victim().name(),
                    (System.nanoTime() - began) / 1e9);
            assertThat(vip.holds(holder)).as("in two places").isEqualTo(fault.inTwoPlaces());
        }

        @Override
        public void end() {
            fault.end(vip, victim(), holder);
            vip.awaitOneHolder();
        }
    }

    private boolean inTwoPlaces() {
        return this == KEEPALIVED_KILLED || this == PARTITION;
    }

    private void begin(Vip vip, MemcachedProcess victim, int holder) {
        switch (this) {
            case MEMCACHED_KILLED -> victim.kill9();
            case MEMCACHED_HUNG -> victim.pause();
            case LINK_CUT -> vip.lan().unplug(victim.name());
            case KEEPALIVED_KILLED -> vip.keepalived(holder).kill9();
            case PARTITION -> vip.lan().apart(names(vip), true);
            case MACHINE_RESTARTED -> {
                vip.lan().unplug(victim.name());
                victim.kill9();
                vip.lists().get(holder).kill9();
                vip.keepalived(holder).kill9();
                vip.drop(holder);
            }
        }
    }

    private void end(Vip vip, MemcachedProcess victim, int holder) {
        switch (this) {
            case MEMCACHED_KILLED -> victim.restart();
            case MEMCACHED_HUNG -> victim.resume();
            case LINK_CUT -> vip.lan().plug(victim.name());
            case KEEPALIVED_KILLED -> vip.keepalived(holder).restart();
            case PARTITION -> vip.lan().apart(names(vip), false);
            case MACHINE_RESTARTED -> {
                vip.lan().plug(victim.name());
                victim.restart();
                vip.keepalived(holder).restart();
                vip.awaitHolder(holder);
                vip.lists().get(holder).restart();
            }
        }
    }

    private static List<String> names(Vip vip) {
        return vip.cluster().nodes().stream().map(ServerProcess::name).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
