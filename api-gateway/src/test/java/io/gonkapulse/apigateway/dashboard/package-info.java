/** The dashboard in a real browser. */
@NullMarked
package io.gonkapulse.apigateway.dashboard;

import org.jspecify.annotations.NullMarked;
