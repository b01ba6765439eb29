/** When nodes were seen, healthy, unhealthy and jailed. */
@NullMarked
package io.gonkapulse.apigateway.health;

import org.jspecify.annotations.NullMarked;
