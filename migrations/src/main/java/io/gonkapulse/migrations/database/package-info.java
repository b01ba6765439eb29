/** Database sessions: waits for the server and runs scripts. */
@NullMarked
package io.gonkapulse.migrations.database;

import org.jspecify.annotations.NullMarked;
