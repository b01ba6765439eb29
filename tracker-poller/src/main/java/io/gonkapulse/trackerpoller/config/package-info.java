/** What an operator decides about the poller. */
@NullMarked
package io.gonkapulse.trackerpoller.config;

import org.jspecify.annotations.NullMarked;
