/** Database sessions: waits for the server, runs scripts and explains failures. */
@NullMarked
package io.gonkapulse.migrations.database;

import org.jspecify.annotations.NullMarked;
