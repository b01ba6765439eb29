/** How a run ends, and what it says on the way. */
@NullMarked
package io.gonkapulse.migrations.output;

import org.jspecify.annotations.NullMarked;
