/** The REST API of Gonka trackers. */
@NullMarked
package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import org.jspecify.annotations.NullMarked;
