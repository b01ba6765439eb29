/** What has happened to a database, and who works on it. */
@NullMarked
package io.gonkapulse.migrations.history;

import org.jspecify.annotations.NullMarked;
