/** Attribute values as bytes through Kryo; the only package that sees it. */
@NullMarked
package io.memsession.store.kryo;

import org.jspecify.annotations.NullMarked;
