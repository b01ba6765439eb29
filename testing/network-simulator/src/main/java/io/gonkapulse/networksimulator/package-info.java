/** Addresses on which a simulated network answers. */
@NullMarked
package io.gonkapulse.networksimulator;

import org.jspecify.annotations.NullMarked;
