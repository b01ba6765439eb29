package io.gonkapulse.quickstart;

import java.util.function.Supplier;

/** A part that is still to be started, on top of those before it. */
record StartupStep(String name, Supplier<QuickstartComponent> start) {}
