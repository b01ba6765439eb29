/** What real trackers do that nobody would guess, and which face does it now. */
@NullMarked
package io.gonkapulse.testkit.network.quirk;

import org.jspecify.annotations.NullMarked;
