/** The settings and their documentation, batches, and outages of the database. */
@NullMarked
package io.gonkapulse.apigateway.core;

import org.jspecify.annotations.NullMarked;
