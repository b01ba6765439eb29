/** What every route shares: strict parameters, shared answers, problems. */
@NullMarked
package io.gonkapulse.apigateway.web;

import org.jspecify.annotations.NullMarked;
