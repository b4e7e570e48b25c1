package io.memsession.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that takes long and is about little of its host: it is run with Tomcat 11 and with Boot, or with all of this
 * run under {@code -De2e.all}; it takes the {@link Host}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@MethodSource("io.memsession.e2e.Clusters#someHosts")
@interface OnTwoHosts {}
