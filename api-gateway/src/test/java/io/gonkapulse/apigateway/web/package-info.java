/** How the API behaves as HTTP. */
@NullMarked
package io.gonkapulse.apigateway.web;

import org.jspecify.annotations.NullMarked;
