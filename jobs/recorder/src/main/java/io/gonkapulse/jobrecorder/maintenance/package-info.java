/** Finds lost jobs by the time of the topic, and keeps the partitions and the meters. */
@NullMarked
package io.gonkapulse.jobrecorder.maintenance;

import org.jspecify.annotations.NullMarked;
