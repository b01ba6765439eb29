/** The one way to the database, and whether its schema will do. */
@NullMarked
package io.gonkapulse.apigateway.db;

import org.jspecify.annotations.NullMarked;
