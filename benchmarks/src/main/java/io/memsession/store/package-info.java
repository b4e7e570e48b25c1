/** Benchmarks; in the engine's package, to reach its parts. */
package io.memsession.store;
