/** The settings and their documentation, readiness for a schema, and batches. */
@NullMarked
package io.gonkapulse.apigateway.core;

import org.jspecify.annotations.NullMarked;
