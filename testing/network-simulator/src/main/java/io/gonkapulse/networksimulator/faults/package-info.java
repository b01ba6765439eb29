/** Faults of real trackers, injected into the values, the JSON and the transport of responses. */
@NullMarked
package io.gonkapulse.networksimulator.faults;

import org.jspecify.annotations.NullMarked;
