/** The documents as a site. */
@NullMarked
package io.memsession.site;

import org.jspecify.annotations.NullMarked;
