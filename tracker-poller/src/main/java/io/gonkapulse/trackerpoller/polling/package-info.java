/** One poll of the running epoch, from the choice of the answer to the record about it. */
@NullMarked
package io.gonkapulse.trackerpoller.polling;

import org.jspecify.annotations.NullMarked;
