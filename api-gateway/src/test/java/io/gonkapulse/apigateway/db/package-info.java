/** The gateway and its database. */
@NullMarked
package io.gonkapulse.apigateway.db;

import org.jspecify.annotations.NullMarked;
