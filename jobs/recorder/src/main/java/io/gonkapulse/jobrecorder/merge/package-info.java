/** Merges events of jobs to rows, whatever their order. No class here knows the database or a clock. */
@NullMarked
package io.gonkapulse.jobrecorder.merge;

import org.jspecify.annotations.NullMarked;
