package io.gonkapulse.trackerpoller.publishing;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.servicekit.metrics.PulseMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** Counts the orders that are set aside, as consumers count their records. */
public final class CountingCommandRejectionHandler implements CommandRejectionHandler {

    private final CommandRejectionHandler delegate;
    private final Counter deadLettered;

    public CountingCommandRejectionHandler(CommandRejectionHandler orders, MeterRegistry meters) {
        this.delegate = orders;
        this.deadLettered = Counter.builder(PulseMeter.RECORDS_DEAD_LETTERED.id())
                .tag("topic", KafkaTopic.COMMANDS.name())
                .register(meters);
    }

    @Override
    public void deadLetter(CommandPosition position, byte @Nullable [] key, byte @Nullable [] value, String reason) {
        delegate.deadLetter(position, key, value, reason);
        deadLettered.increment();
    }

    @Override
    public void forward(TrackerCommand command, int partition) {
        delegate.forward(command, partition);
    }
}
