/** Decides which poller polls which tracker: the consumer group, its lease and its health. */
@NullMarked
package io.gonkapulse.trackerpoller.assignment;

import org.jspecify.annotations.NullMarked;
