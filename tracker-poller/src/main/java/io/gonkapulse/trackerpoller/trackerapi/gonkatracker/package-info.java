/** The REST API of a Gonka tracker. */
@NullMarked
package io.gonkapulse.trackerpoller.trackerapi.gonkatracker;

import org.jspecify.annotations.NullMarked;
