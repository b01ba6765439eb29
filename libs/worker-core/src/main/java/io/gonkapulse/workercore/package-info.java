/** Wires the consumers of a service. */
@NullMarked
package io.gonkapulse.workercore;

import org.jspecify.annotations.NullMarked;
