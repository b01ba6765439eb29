/** The running epoch: schedule, choice of the response, publication. */
@NullMarked
package io.gonkapulse.trackerpoller.polling;

import org.jspecify.annotations.NullMarked;
