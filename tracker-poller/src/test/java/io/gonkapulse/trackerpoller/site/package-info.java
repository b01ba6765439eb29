@NullMarked
package io.gonkapulse.trackerpoller.site;

import org.jspecify.annotations.NullMarked;
