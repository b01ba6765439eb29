/** Holds consumers back until the schema is there. */
@NullMarked
package io.gonkapulse.workercore.schemagate;

import org.jspecify.annotations.NullMarked;
