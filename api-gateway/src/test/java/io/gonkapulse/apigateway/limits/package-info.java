/** How clients are told apart and kept in bounds. */
@NullMarked
package io.gonkapulse.apigateway.limits;

import org.jspecify.annotations.NullMarked;
