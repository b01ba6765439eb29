/** Wires the consumers of a service, and starts them when the schema and the topics are ready. */
@NullMarked
package io.gonkapulse.workercore;

import org.jspecify.annotations.NullMarked;
