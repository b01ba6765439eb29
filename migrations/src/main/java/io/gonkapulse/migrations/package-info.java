/** The job that migrates the database schema, and undoes migrations. */
@NullMarked
package io.gonkapulse.migrations;

import org.jspecify.annotations.NullMarked;
