package io.memsession.store.spy;

import org.junit.jupiter.api.Tag;

@Tag("servers")
class SpyNodeTextTest extends SpyNodeContract {
    @Override
    Protocol protocol() {
        return Protocol.TEXT;
    }
}
