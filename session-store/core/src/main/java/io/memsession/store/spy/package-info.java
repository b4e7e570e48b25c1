/** Nodes that speak to memcached through spymemcached; the only package that sees it. */
@NullMarked
package io.memsession.store.spy;

import org.jspecify.annotations.NullMarked;
