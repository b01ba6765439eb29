package io.gonkapulse.quickstart;

import java.util.function.Supplier;

/** Starts one component; later steps depend on it. */
record StartupStep(String name, Supplier<QuickstartComponent> start) {}
