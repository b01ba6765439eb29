/** What an operator sees: meters, health, the log line and the record of each poll. */
@NullMarked
package io.gonkapulse.trackerpoller.monitoring;

import org.jspecify.annotations.NullMarked;
