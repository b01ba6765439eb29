/** The API of Gonka chain nodes: exact amounts, but no health. */
@NullMarked
package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import org.jspecify.annotations.NullMarked;
