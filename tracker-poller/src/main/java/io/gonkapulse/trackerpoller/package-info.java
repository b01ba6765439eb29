/** The poller: asks each tracker once per interval and publishes what it said. */
@NullMarked
package io.gonkapulse.trackerpoller;

import org.jspecify.annotations.NullMarked;
