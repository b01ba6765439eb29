/** Reads a topic again, from a time to where it ends now, beside the live consumers. */
@NullMarked
package io.gonkapulse.workercore.replay;

import org.jspecify.annotations.NullMarked;
