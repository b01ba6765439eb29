/** The health route. */
@NullMarked
package io.gonkapulse.apigateway.health;

import org.jspecify.annotations.NullMarked;
