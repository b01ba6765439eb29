/** Reads the JSON of strangers: lenient about spelling, exact about values, and a bad entry costs only itself. */
@NullMarked
package io.gonkapulse.trackerpoller.trackerapi.json;

import org.jspecify.annotations.NullMarked;
