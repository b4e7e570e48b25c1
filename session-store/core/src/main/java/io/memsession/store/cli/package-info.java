/** The commands for who keeps watch: how the nodes are, and what they keep of a session. */
@NullMarked
package io.memsession.store.cli;

import org.jspecify.annotations.NullMarked;
