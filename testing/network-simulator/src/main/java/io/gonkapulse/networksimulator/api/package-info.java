/** Responses of trackers and chain nodes, without faults, and the JSON writer that they use. */
@NullMarked
package io.gonkapulse.networksimulator.api;

import org.jspecify.annotations.NullMarked;
