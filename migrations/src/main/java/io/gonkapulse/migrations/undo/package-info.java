/** The way back, and out of a step that was cut short. */
@NullMarked
package io.gonkapulse.migrations.undo;

import org.jspecify.annotations.NullMarked;
