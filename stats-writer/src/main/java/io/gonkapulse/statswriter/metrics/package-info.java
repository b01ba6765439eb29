/** How old what the tables say is, for those who watch. */
@NullMarked
package io.gonkapulse.statswriter.metrics;

import org.jspecify.annotations.NullMarked;
