/** Simulated jobs with their events and their truth, and the values that must become visible of them. */
@NullMarked
package io.gonkapulse.testkit.workload;

import org.jspecify.annotations.NullMarked;
