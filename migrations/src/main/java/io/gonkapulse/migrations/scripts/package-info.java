/** The steps as files: what their headers say, and what is wrong with them. */
@NullMarked
package io.gonkapulse.migrations.scripts;

import org.jspecify.annotations.NullMarked;
