package io.gonkapulse.contracts.job;

/**
 * How a reporter says that it lost events: as a job of its own, whose result has their number by type and in all, such
 * as {@code {"heartbeat":2,"stage.started":1,"events":3}}.
 */
public final class LostEventsReport {

    /** The bot of these jobs. */
    public static final String BOT = "job-reporter.lost-events";

    /** The field with the number of all. */
    public static final String EVENTS = "events";

    private LostEventsReport() {}
}
