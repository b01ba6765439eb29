/** The poller from socket to acknowledged record, against each of its stages alone. */
@NullMarked
package io.gonkapulse.benchmarks.poller;

import org.jspecify.annotations.NullMarked;
