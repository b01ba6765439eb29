/** Wires the consumers of a service, with helpers that their handlers and tasks share. */
@NullMarked
package io.gonkapulse.workercore;

import org.jspecify.annotations.NullMarked;
