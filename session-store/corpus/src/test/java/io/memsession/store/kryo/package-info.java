/** Objects of frameworks, through the codec and through another JVM. */
package io.memsession.store.kryo;
