package io.memsession.store.spy;

class SpyNodeBinaryTest extends SpyNodeContract {
    @Override
    Protocol protocol() {
        return Protocol.BINARY;
    }
}
