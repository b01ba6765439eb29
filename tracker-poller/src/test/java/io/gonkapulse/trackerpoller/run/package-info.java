@NullMarked
package io.gonkapulse.trackerpoller.run;

import org.jspecify.annotations.NullMarked;
