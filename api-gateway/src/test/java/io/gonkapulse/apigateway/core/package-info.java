/** The settings and their documentation, the newest schema, and batches. */
@NullMarked
package io.gonkapulse.apigateway.core;

import org.jspecify.annotations.NullMarked;
