/** Holds consumers back until the schema is there. */
@NullMarked
package io.gonkapulse.workercore.gate;

import org.jspecify.annotations.NullMarked;
