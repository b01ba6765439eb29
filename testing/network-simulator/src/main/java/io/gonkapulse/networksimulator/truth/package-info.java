/** The expected results of a poller that observed certain heights. */
@NullMarked
package io.gonkapulse.networksimulator.truth;

import org.jspecify.annotations.NullMarked;
