/** The audit trail of jobs, from schema {@code audit}: pages, one job, metrics and series. */
@NullMarked
package io.gonkapulse.apigateway.jobs;

import org.jspecify.annotations.NullMarked;
