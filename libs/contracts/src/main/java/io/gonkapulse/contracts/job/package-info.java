/** Events of jobs: what a job's producer reports, without Spring or Kafka. */
@NullMarked
package io.gonkapulse.contracts.job;

import org.jspecify.annotations.NullMarked;
