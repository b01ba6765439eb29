/** Traces polls across services by record headers. Disabled unless an endpoint is set. */
@NullMarked
package io.gonkapulse.servicekit.tracing;

import org.jspecify.annotations.NullMarked;
