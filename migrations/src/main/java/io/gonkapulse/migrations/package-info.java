/** The job that brings a database to the schema, and back. */
@NullMarked
package io.gonkapulse.migrations;

import org.jspecify.annotations.NullMarked;
