/** The settings of the poller and their validation. */
@NullMarked
package io.gonkapulse.trackerpoller.config;

import org.jspecify.annotations.NullMarked;
