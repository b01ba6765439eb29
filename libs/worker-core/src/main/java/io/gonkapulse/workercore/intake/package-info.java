/** From a batch of bytes to rows, with exactly one counted end for every record. */
@NullMarked
package io.gonkapulse.workercore.intake;

import org.jspecify.annotations.NullMarked;
