/** All services as real processes over the simulated network, while everything around them fails. */
@NullMarked
package io.gonkapulse.chaos;

import org.jspecify.annotations.NullMarked;
