/** How many rows go to the database at once. */
@NullMarked
package io.gonkapulse.statswriter.sql;

import org.jspecify.annotations.NullMarked;
