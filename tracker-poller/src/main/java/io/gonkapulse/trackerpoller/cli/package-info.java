/** The commands besides {@code run}. */
@NullMarked
package io.gonkapulse.trackerpoller.cli;

import org.jspecify.annotations.NullMarked;
