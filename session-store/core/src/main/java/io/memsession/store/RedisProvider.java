package io.memsession.store;

import java.time.Duration;

/** What adds Redis to the engine: found on the class path, where it stands only if Redis is wanted. */
public interface RedisProvider {

    /**
     * What makes nodes that are Redis servers.
     *
     * @param operationTimeout how long connecting may take, and the greeting after it
     * @param maxValueSize the largest value that is sent, in bytes
     */
    NodeConnector connector(Duration operationTimeout, int maxValueSize);
}
