/** Addresses on which a simulated network answers. */
@NullMarked
package io.gonkapulse.testkit.network.face;

import org.jspecify.annotations.NullMarked;
