/** Keys of those who report over HTTP, and the bots that each may report for. */
@NullMarked
package io.gonkapulse.jobrecorder.intake.keys;

import org.jspecify.annotations.NullMarked;
