/** The way out: what polls bring, to Kafka. */
@NullMarked
package io.gonkapulse.trackerpoller.publishing;

import org.jspecify.annotations.NullMarked;
