package io.gonkapulse.quickstart;

import java.util.List;

/**
 * A running component.
 *
 * @param addresses its addresses, one line each on the console
 */
record QuickstartComponent(List<String> addresses, Runnable stop) {}
