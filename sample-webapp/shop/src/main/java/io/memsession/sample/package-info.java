/** A small shop whose cart lives in the session, as plain servlets that run on any container. */
@NullMarked
package io.memsession.sample;

import org.jspecify.annotations.NullMarked;
