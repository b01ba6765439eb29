package io.gonkapulse.apigateway.jobs;

import org.jspecify.annotations.Nullable;

/** A page of jobs: which jobs, in which order, how many and after which. */
record JobPageQuery(
        JobFilter filter, JobSort sort, int limit, @Nullable JobPageCursor after) {}
