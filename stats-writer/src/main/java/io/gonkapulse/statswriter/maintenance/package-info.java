/** Scheduled tasks: uptime, and deletion of expired rows. */
@NullMarked
package io.gonkapulse.statswriter.maintenance;

import org.jspecify.annotations.NullMarked;
