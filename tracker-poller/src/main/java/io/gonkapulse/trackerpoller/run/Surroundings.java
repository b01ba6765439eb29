package io.gonkapulse.trackerpoller.run;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.trackerpoller.own.Halt;
import io.gonkapulse.trackerpoller.own.Lease;
import io.gonkapulse.trackerpoller.publish.Outlet;
import io.gonkapulse.trackerpoller.telling.PollLog;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * What all trackers of this poller share.
 *
 * @param owner the name of this poller
 * @param orders sends an order, and returns when it is safe
 * @param slots how many trackers are polled at the same time
 * @param halt for when the virtual machine has failed
 */
public record Surroundings(
        String owner,
        Outlet outlet,
        Consumer<TrackerCommand> orders,
        Lease lease,
        Semaphore slots,
        PollLog log,
        InstantSource clock,
        Halt halt) {}
