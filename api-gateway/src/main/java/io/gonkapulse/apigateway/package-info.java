/** The read-only API: starts here, one package for each thing that can be asked for. */
@NullMarked
package io.gonkapulse.apigateway;

import org.jspecify.annotations.NullMarked;
