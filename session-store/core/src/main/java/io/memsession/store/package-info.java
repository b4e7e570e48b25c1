/**
 * The engine: keeps session records in their homes, by the rules of the pair, and knows neither servlet nor Spring nor
 * Tomcat.
 */
@NullMarked
package io.memsession.store;

import org.jspecify.annotations.NullMarked;
