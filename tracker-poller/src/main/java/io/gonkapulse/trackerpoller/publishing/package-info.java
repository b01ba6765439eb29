/** Publishes snapshots, polls and commands to Kafka. */
@NullMarked
package io.gonkapulse.trackerpoller.publishing;

import org.jspecify.annotations.NullMarked;
