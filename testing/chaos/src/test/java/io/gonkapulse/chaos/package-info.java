/** Runs all services as processes over the simulated network and injects faults. */
@NullMarked
package io.gonkapulse.chaos;

import org.jspecify.annotations.NullMarked;
