/** Tests of the routes about jobs. */
@NullMarked
package io.gonkapulse.apigateway.jobs;

import org.jspecify.annotations.NullMarked;
