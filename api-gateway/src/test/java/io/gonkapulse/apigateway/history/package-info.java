/** The history routes. */
@NullMarked
package io.gonkapulse.apigateway.history;

import org.jspecify.annotations.NullMarked;
