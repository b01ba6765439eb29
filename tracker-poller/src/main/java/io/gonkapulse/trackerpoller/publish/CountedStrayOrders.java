package io.gonkapulse.trackerpoller.publish;

import io.gonkapulse.contracts.Topic;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.servicekit.meters.Meter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** Counts the orders that are set aside, as consumers count their records. */
public final class CountedStrayOrders implements StrayOrders {

    private final StrayOrders orders;
    private final Counter deadLettered;

    public CountedStrayOrders(StrayOrders orders, MeterRegistry meters) {
        this.orders = orders;
        this.deadLettered = Counter.builder(Meter.RECORDS_DEAD_LETTERED.id())
                .tag("topic", Topic.COMMANDS.name())
                .register(meters);
    }

    @Override
    public void setAside(Place place, byte @Nullable [] key, byte @Nullable [] value, String reason) {
        orders.setAside(place, key, value, reason);
        deadLettered.increment();
    }

    @Override
    public void sendOn(TrackerCommand order, int partition) {
        orders.sendOn(order, partition);
    }
}
