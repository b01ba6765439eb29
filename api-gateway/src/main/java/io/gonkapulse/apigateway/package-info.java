/** The read-only API: starts here and reports readiness; one package for each kind of data. */
@NullMarked
package io.gonkapulse.apigateway;

import org.jspecify.annotations.NullMarked;
