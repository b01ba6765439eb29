/** Clocks of a simulated network. */
@NullMarked
package io.gonkapulse.testkit.network.time;

import org.jspecify.annotations.NullMarked;
