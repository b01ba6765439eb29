/**
 * The job that migrates the database schema, and undoes migrations: one class for each command. Other programs call
 * {@link io.gonkapulse.migrations.MigrationRunner}.
 */
@NullMarked
package io.gonkapulse.migrations;

import org.jspecify.annotations.NullMarked;
