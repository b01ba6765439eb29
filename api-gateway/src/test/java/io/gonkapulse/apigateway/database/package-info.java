/** How the gateway lives with its database. */
@NullMarked
package io.gonkapulse.apigateway.database;

import org.jspecify.annotations.NullMarked;
