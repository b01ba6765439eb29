/** The poller from the socket to the acknowledged record, against each of the things that it does alone. */
@NullMarked
package io.gonkapulse.benchmarks.poller;

import org.jspecify.annotations.NullMarked;
