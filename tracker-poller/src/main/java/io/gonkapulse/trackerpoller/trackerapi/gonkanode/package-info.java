/** The API of a Gonka chain node: exact amounts, and nothing of health. */
@NullMarked
package io.gonkapulse.trackerpoller.trackerapi.gonkanode;

import org.jspecify.annotations.NullMarked;
