/** Accepts events of jobs over HTTP and sends them to Kafka. */
@NullMarked
package io.gonkapulse.jobrecorder.intake;

import org.jspecify.annotations.NullMarked;
