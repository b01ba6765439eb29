/** Scheduled tasks: uptime, deletion of expired rows, and the freshness meters. */
@NullMarked
package io.gonkapulse.statswriter.maintenance;

import org.jspecify.annotations.NullMarked;
