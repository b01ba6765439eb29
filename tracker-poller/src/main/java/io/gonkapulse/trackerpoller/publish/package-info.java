/** The way out: what polls bring, to Kafka. */
@NullMarked
package io.gonkapulse.trackerpoller.publish;

import org.jspecify.annotations.NullMarked;
