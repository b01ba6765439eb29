/** A simulated Gonka network, the HTTP endpoints of its trackers and chain nodes, and the truth that tests compare with. */
@NullMarked
package io.gonkapulse.networksimulator;

import org.jspecify.annotations.NullMarked;
