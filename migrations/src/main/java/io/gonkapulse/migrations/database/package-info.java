/** Database sessions: waits for the server and for other runs, runs scripts and explains failures. */
@NullMarked
package io.gonkapulse.migrations.database;

import org.jspecify.annotations.NullMarked;
