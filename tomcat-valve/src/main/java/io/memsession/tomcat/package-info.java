/** Tomcat's sessions, kept in a pair of nodes: a Manager, its Valve, and the session as Tomcat sees it. */
@NullMarked
package io.memsession.tomcat;

import org.jspecify.annotations.NullMarked;
