/** How earnings are told. */
@NullMarked
package io.gonkapulse.apigateway.earnings;

import org.jspecify.annotations.NullMarked;
