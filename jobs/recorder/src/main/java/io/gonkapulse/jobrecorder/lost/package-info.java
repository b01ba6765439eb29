/** Finds jobs whose workers died without a word, by the time of the topic and not by a clock. */
@NullMarked
package io.gonkapulse.jobrecorder.lost;

import org.jspecify.annotations.NullMarked;
