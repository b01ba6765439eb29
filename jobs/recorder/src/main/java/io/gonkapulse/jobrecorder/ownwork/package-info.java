/** The network's own work as jobs: polls of trackers, and migrations of the database. */
@NullMarked
package io.gonkapulse.jobrecorder.ownwork;

import org.jspecify.annotations.NullMarked;
