/** Reads topics outside the consumer group: a replay next to the live consumers, and end offsets. */
@NullMarked
package io.gonkapulse.workercore.replay;

import org.jspecify.annotations.NullMarked;
