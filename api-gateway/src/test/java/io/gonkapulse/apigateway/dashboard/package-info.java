/** The dashboard as its users meet it: in a browser. */
@NullMarked
package io.gonkapulse.apigateway.dashboard;

import org.jspecify.annotations.NullMarked;
