/** How health is told. */
@NullMarked
package io.gonkapulse.apigateway.health;

import org.jspecify.annotations.NullMarked;
