/** Publishes invalid records with the reason; package replay lists and replays them. */
@NullMarked
package io.gonkapulse.workercore.deadletter;

import org.jspecify.annotations.NullMarked;
