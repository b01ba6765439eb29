/** One tracker as the poller sees it: what is set for it, whom to ask, and what is remembered of its nodes. */
@NullMarked
package io.gonkapulse.trackerpoller.tracker;

import org.jspecify.annotations.NullMarked;
