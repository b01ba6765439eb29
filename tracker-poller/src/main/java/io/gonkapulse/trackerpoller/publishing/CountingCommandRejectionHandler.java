package io.gonkapulse.trackerpoller.publishing;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.servicekit.metrics.PulseMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** Counts dead-lettered commands under the same meter as the other consumers. */
public final class CountingCommandRejectionHandler implements UndeliverableCommandHandler {

    private final UndeliverableCommandHandler delegate;
    private final Counter deadLettered;

    public CountingCommandRejectionHandler(UndeliverableCommandHandler delegate, MeterRegistry meters) {
        this.delegate = delegate;
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
