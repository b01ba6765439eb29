/** Real PostgreSQL servers and helpers for tests. */
@NullMarked
package io.gonkapulse.migrations.server;

import org.jspecify.annotations.NullMarked;
