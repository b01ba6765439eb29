/** What can be done from the command line besides running. */
@NullMarked
package io.gonkapulse.trackerpoller.cli;

import org.jspecify.annotations.NullMarked;
