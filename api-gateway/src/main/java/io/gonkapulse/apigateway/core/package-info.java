/** What every other package needs: the settings, and queries with timeouts and batches. */
@NullMarked
package io.gonkapulse.apigateway.core;

import org.jspecify.annotations.NullMarked;
