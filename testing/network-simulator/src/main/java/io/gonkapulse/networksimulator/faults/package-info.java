/** Spoils answers on purpose: what is said, how it is spelled, how it is sent. */
@NullMarked
package io.gonkapulse.networksimulator.faults;

import org.jspecify.annotations.NullMarked;
