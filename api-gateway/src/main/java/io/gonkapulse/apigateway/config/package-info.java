/** The settings of the gateway. */
@NullMarked
package io.gonkapulse.apigateway.config;

import org.jspecify.annotations.NullMarked;
