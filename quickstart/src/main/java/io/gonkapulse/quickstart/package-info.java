/** Everything in one process, for a laptop: started in order, told on one screen, stopped in reverse. */
@NullMarked
package io.gonkapulse.quickstart;

import org.jspecify.annotations.NullMarked;
