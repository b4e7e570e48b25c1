/** A load that judges: users with expectations of their own at the shop, on real app servers that may die meanwhile. */
@NullMarked
package io.memsession.loadtest;

import org.jspecify.annotations.NullMarked;
