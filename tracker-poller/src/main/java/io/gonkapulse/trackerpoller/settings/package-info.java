/** What an operator decides about the poller. */
@NullMarked
package io.gonkapulse.trackerpoller.settings;

import org.jspecify.annotations.NullMarked;
