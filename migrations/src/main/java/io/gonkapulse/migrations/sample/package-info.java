/** Data for development, and getting rid of everything. */
@NullMarked
package io.gonkapulse.migrations.sample;

import org.jspecify.annotations.NullMarked;
