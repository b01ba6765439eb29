/** The description of the API, for programs and for people. */
@NullMarked
package io.gonkapulse.apigateway.http;

import org.jspecify.annotations.NullMarked;
