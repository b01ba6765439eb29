/** A simulated Gonka network and the HTTP endpoints of its trackers and chain nodes. */
@NullMarked
package io.gonkapulse.networksimulator;

import org.jspecify.annotations.NullMarked;
