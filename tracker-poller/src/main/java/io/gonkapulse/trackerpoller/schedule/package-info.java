/** When a tracker is polled. */
@NullMarked
package io.gonkapulse.trackerpoller.schedule;

import org.jspecify.annotations.NullMarked;
