/** The settings and their documentation. */
@NullMarked
package io.gonkapulse.apigateway.config;

import org.jspecify.annotations.NullMarked;
