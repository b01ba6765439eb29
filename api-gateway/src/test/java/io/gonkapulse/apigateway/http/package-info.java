/** Behaviour of the API as HTTP, also during outages, its caches and its OpenAPI document. */
@NullMarked
package io.gonkapulse.apigateway.http;

import org.jspecify.annotations.NullMarked;
