/** What all routes share: parameters, problems, caches, cache headers and the OpenAPI document. */
@NullMarked
package io.gonkapulse.apigateway.http;

import org.jspecify.annotations.NullMarked;
