/** How servers are reached: over TCP or TLS, and as whom. */
@NullMarked
package io.memsession.store.line;

import org.jspecify.annotations.NullMarked;
