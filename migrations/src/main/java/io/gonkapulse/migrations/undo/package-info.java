/** Undoes migrations, and repairs interrupted ones. */
@NullMarked
package io.gonkapulse.migrations.undo;

import org.jspecify.annotations.NullMarked;
