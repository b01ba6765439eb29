/** Tests of merging without a database. */
@NullMarked
package io.gonkapulse.statswriter.snapshot;

import org.jspecify.annotations.NullMarked;
