/** Records that could not be used, with why: set aside, listed, sent again. */
@NullMarked
package io.gonkapulse.workercore.deadletter;

import org.jspecify.annotations.NullMarked;
