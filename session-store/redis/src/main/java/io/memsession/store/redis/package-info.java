/** Nodes that are Redis servers; the only place that imports Lettuce. */
@NullMarked
package io.memsession.store.redis;

import org.jspecify.annotations.NullMarked;
