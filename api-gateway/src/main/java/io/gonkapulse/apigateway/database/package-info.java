/** The one way to the database, and whether its schema will do. */
@NullMarked
package io.gonkapulse.apigateway.database;

import org.jspecify.annotations.NullMarked;
