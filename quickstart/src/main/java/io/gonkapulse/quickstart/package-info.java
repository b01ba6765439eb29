/**
 * Runs the whole system in one process: starts components in order, prints them on one console, stops them in
 * reverse.
 */
@NullMarked
package io.gonkapulse.quickstart;

import org.jspecify.annotations.NullMarked;
