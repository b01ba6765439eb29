/** Sends encoded events to Kafka or to the recorder's HTTP intake. */
@NullMarked
package io.gonkapulse.jobreporter.publishing;

import org.jspecify.annotations.NullMarked;
