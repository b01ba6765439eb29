@NullMarked
package io.gonkapulse.trackerpoller.settings;

import org.jspecify.annotations.NullMarked;
