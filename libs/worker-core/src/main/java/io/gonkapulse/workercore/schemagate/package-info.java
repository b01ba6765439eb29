/** Starts the consumers when the schema and the topics are ready, and reports their health. */
@NullMarked
package io.gonkapulse.workercore.schemagate;

import org.jspecify.annotations.NullMarked;
