/** Migration and undo scripts: their headers, and checks of the files. */
@NullMarked
package io.gonkapulse.migrations.scripts;

import org.jspecify.annotations.NullMarked;
