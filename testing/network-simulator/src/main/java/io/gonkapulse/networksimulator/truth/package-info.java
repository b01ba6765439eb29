/** What somebody who looked at certain moments must have found. */
@NullMarked
package io.gonkapulse.networksimulator.truth;

import org.jspecify.annotations.NullMarked;
