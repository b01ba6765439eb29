/** The description of the API, for programs and for people. */
@NullMarked
package io.gonkapulse.apigateway.docs;

import org.jspecify.annotations.NullMarked;
