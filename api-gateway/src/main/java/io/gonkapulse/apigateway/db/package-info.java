/** Access to the database: timeouts, batched look-ups, and the check of its schema version. */
@NullMarked
package io.gonkapulse.apigateway.db;

import org.jspecify.annotations.NullMarked;
