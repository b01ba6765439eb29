/** What every other package needs: settings, queries with timeouts and batches, and the check of the schema. */
@NullMarked
package io.gonkapulse.apigateway.core;

import org.jspecify.annotations.NullMarked;
