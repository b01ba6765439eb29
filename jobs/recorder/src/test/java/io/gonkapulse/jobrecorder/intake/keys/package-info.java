/** Patterns of bots and the command for keys. */
@NullMarked
package io.gonkapulse.jobrecorder.intake.keys;

import org.jspecify.annotations.NullMarked;
