/** The shop as a Spring Boot application. */
@NullMarked
package io.memsession.sample.boot;

import org.jspecify.annotations.NullMarked;
