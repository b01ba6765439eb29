package io.gonkapulse.quickstart;

import java.util.List;
import java.util.function.Supplier;

/**
 * Starts one component; later steps depend on it.
 *
 * @param name shown on the console
 * @param start starts the component and returns when it is usable
 */
record StartupStep(String name, Supplier<StartedComponent> start) {

    /**
     * A running component.
     *
     * @param addresses its addresses, one line each on the console
     */
    record StartedComponent(List<String> addresses, Runnable stop) {}
}
