package io.gonkapulse.trackerpoller.assignment;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether this poller could poll: without the coordinator's word it owns nothing. */
public final class AssignmentHealthCheck implements HealthIndicator {

    private final Lease lease;

    AssignmentHealthCheck(Lease lease) {
        this.lease = lease;
    }

    @Override
    public Health health() {
        return lease.isHeld()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "No word from Kafka's group coordinator: nothing is polled here now")
                        .build();
    }
}
