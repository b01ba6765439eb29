package io.gonkapulse.quickstart;

import java.util.function.Supplier;

/**
 * Starts one component; later steps depend on it.
 *
 * @param name shown on the console
 * @param start starts the component and returns when it is usable
 */
record StartupStep(String name, Supplier<QuickstartComponent> start) {}
