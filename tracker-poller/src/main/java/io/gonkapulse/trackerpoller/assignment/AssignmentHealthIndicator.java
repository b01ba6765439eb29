package io.gonkapulse.trackerpoller.assignment;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Out of service while the lease is not held: this poller polls nothing then. */
public final class AssignmentHealthIndicator implements HealthIndicator {

    private final Lease lease;

    AssignmentHealthIndicator(Lease lease) {
        this.lease = lease;
    }

    @Override
    public Health health() {
        return lease.isHeld()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "No response from Kafka's group coordinator: this poller polls nothing")
                        .build();
    }
}
