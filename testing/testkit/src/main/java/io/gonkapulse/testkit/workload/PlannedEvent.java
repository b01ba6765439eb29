package io.gonkapulse.testkit.workload;

import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventType;

/** An event that a worker will report. */
record PlannedEvent(long trueMillis, JobEventType type, JobEventDetails details) {}
