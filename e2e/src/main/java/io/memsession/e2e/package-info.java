/**
 * Real servers as parts to test and to show with: started, killed, paused and started again; none outlives this JVM.
 */
@NullMarked
package io.memsession.e2e;

import org.jspecify.annotations.NullMarked;
