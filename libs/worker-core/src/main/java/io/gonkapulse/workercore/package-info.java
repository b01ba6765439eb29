/** The parts of a consumer, put together. */
@NullMarked
package io.gonkapulse.workercore;

import org.jspecify.annotations.NullMarked;
