package io.gonkapulse.quickstart;

import java.util.List;

/**
 * One thing of the stack while it runs.
 *
 * @param addresses where it can be reached, a line each, for the screen
 */
record QuickstartComponent(List<String> addresses, Runnable stop) {}
