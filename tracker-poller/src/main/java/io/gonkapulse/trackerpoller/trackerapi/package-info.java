/** What a kind of tracker can be asked, and what its answers mean. A new kind implements {@link Source}. */
@NullMarked
package io.gonkapulse.trackerpoller.trackerapi;

import org.jspecify.annotations.NullMarked;
