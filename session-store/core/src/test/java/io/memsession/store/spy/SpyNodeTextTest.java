package io.memsession.store.spy;

class SpyNodeTextTest extends SpyNodeContract {
    @Override
    Protocol protocol() {
        return Protocol.TEXT;
    }
}
