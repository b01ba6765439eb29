/** Past epochs: their rewards, requested until they are final. */
@NullMarked
package io.gonkapulse.trackerpoller.settlement;

import org.jspecify.annotations.NullMarked;
