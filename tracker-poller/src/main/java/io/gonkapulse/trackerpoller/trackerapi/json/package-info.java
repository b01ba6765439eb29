/** Parses the JSON of trackers: lenient about notation, exact about values; a malformed entry is skipped alone. */
@NullMarked
package io.gonkapulse.trackerpoller.trackerapi.json;

import org.jspecify.annotations.NullMarked;
