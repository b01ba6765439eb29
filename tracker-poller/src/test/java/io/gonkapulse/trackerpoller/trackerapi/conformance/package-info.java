@NullMarked
package io.gonkapulse.trackerpoller.trackerapi.conformance;

import org.jspecify.annotations.NullMarked;
