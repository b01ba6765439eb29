/** The tracker poller: polls each assigned tracker on a schedule and publishes snapshots to Kafka. */
@NullMarked
package io.gonkapulse.trackerpoller;

import org.jspecify.annotations.NullMarked;
