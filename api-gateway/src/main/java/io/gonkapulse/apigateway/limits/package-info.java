/** Who may ask, how often, and how much at once. */
@NullMarked
package io.gonkapulse.apigateway.limits;

import org.jspecify.annotations.NullMarked;
