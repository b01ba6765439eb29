/** Array parameters for statements with many rows. */
@NullMarked
package io.gonkapulse.statswriter.sql;

import org.jspecify.annotations.NullMarked;
