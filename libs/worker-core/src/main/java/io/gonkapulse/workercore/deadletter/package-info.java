/** Publishes, lists and replays dead letters. */
@NullMarked
package io.gonkapulse.workercore.deadletter;

import org.jspecify.annotations.NullMarked;
