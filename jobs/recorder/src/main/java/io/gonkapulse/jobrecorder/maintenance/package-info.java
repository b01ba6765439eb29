/** Keeps the partitions and the meters of the recorder. */
@NullMarked
package io.gonkapulse.jobrecorder.maintenance;

import org.jspecify.annotations.NullMarked;
