/** Traces of polls, carried on by the headers of records. Off unless an endpoint is set. */
@NullMarked
package io.gonkapulse.servicekit.tracing;

import org.jspecify.annotations.NullMarked;
