/** Reads topics beside the running consumers: replays of topics and of dead letters, and end offsets. */
@NullMarked
package io.gonkapulse.workercore.replay;

import org.jspecify.annotations.NullMarked;
