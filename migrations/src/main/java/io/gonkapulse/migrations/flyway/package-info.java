/** Migrates with Flyway, and keeps its history, the journal and the locks. */
@NullMarked
package io.gonkapulse.migrations.flyway;

import org.jspecify.annotations.NullMarked;
