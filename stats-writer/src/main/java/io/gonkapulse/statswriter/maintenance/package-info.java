/** What time changes without any record: uptime, and what is too old to keep. */
@NullMarked
package io.gonkapulse.statswriter.maintenance;

import org.jspecify.annotations.NullMarked;
