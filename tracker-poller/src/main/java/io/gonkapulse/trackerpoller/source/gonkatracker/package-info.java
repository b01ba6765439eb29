/** The REST API of a Gonka tracker. */
@NullMarked
package io.gonkapulse.trackerpoller.source.gonkatracker;

import org.jspecify.annotations.NullMarked;
