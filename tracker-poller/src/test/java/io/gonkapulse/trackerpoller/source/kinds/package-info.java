/** Both kinds against the simulated network and stubs, over real sockets. */
@NullMarked
package io.gonkapulse.trackerpoller.source.kinds;

import org.jspecify.annotations.NullMarked;
