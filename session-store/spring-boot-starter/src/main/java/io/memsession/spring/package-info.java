/** Sessions of Spring applications: a repository over the engine, and what makes Spring Boot use it. */
@NullMarked
package io.memsession.spring;

import org.jspecify.annotations.NullMarked;
