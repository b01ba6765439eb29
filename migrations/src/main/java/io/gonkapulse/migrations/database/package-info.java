/** Connections to the database: waiting for it, and running scripts on it. */
@NullMarked
package io.gonkapulse.migrations.database;

import org.jspecify.annotations.NullMarked;
