package io.gonkapulse.trackerpoller.polling;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.trackerpoller.assignment.Lease;
import io.gonkapulse.trackerpoller.monitoring.PollReporter;
import io.gonkapulse.trackerpoller.publishing.PollPublisher;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * What all trackers of this poller share.
 *
 * @param owner the name of this poller
 * @param commandSender sends a command, and returns when Kafka has stored it
 * @param pollPermits limits how many trackers are polled at the same time
 * @param haltProcess called after an error of the virtual machine. Some threads may be dead then: a poller that
 *     continued could hold a tracker that nobody polls, and an orderly shutdown may never end.
 */
public record SharedPollerContext(
        String owner,
        PollPublisher publisher,
        Consumer<TrackerCommand> commandSender,
        Lease lease,
        Semaphore pollPermits,
        PollReporter reporter,
        InstantSource clock,
        Runnable haltProcess) {}
