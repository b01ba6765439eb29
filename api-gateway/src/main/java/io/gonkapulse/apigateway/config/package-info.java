/** What can be set. */
@NullMarked
package io.gonkapulse.apigateway.config;

import org.jspecify.annotations.NullMarked;
