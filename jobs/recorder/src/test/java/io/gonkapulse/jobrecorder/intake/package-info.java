/** The intake, over real connections and with a real broker. */
@NullMarked
package io.gonkapulse.jobrecorder.intake;

import org.jspecify.annotations.NullMarked;
