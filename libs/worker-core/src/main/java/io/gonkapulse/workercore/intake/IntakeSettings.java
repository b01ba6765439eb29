package io.gonkapulse.workercore.intake;

import io.gonkapulse.servicekit.settings.Bounds;
import io.gonkapulse.servicekit.settings.SettingException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.unit.DataSize;

/**
 * How batches are taken in.
 *
 * @param consumers threads of this process for the topic of snapshots; each has a connection of its own
 * @param maxRecords most records of one batch
 * @param maxPartitionFetch most bytes asked of one partition at once; times the partitions it bounds the memory
 * @param maxInflated what one compressed batch of a topic may inflate to; a larger one is set aside whole
 * @param firstBackOff first pause after a failure of the surroundings
 * @param longestBackOff the pauses double up to this one
 */
@ConfigurationProperties("intake")
public record IntakeSettings(
        @DefaultValue("2") int consumers,
        @DefaultValue("20000") int maxRecords,
        @DefaultValue("2MB") DataSize maxPartitionFetch,
        @DefaultValue("32MB") DataSize maxInflated,
        @DefaultValue("500ms") Duration firstBackOff,
        @DefaultValue("10s") Duration longestBackOff) {

    /** An honest sender's record may have as much by Kafka's defaults. */
    private static final long LEAST_INFLATED = 1 << 20;

    public IntakeSettings {
        Bounds.requireAtLeast("INTAKE_CONSUMERS", consumers, 1);
        Bounds.requireAtLeast("INTAKE_MAXRECORDS", maxRecords, 1);
        requireIn("INTAKE_MAXPARTITIONFETCH", maxPartitionFetch, 1);
        requireIn("INTAKE_MAXINFLATED", maxInflated, LEAST_INFLATED);
        Bounds.requireAtLeast("INTAKE_FIRSTBACKOFF", firstBackOff, Duration.ofMillis(1));
        if (longestBackOff.compareTo(firstBackOff) < 0) {
            throw new SettingException("INTAKE_LONGESTBACKOFF is " + Bounds.shown(longestBackOff)
                    + ", shorter than INTAKE_FIRSTBACKOFF, which is " + Bounds.shown(firstBackOff)
                    + ": set one of them");
        }
    }

    /** Pauses without an end. */
    ExponentialBackOff backOff() {
        ExponentialBackOff backOff = new ExponentialBackOff(firstBackOff.toMillis(), 2);
        backOff.setMaxInterval(longestBackOff.toMillis());
        return backOff;
    }

    /** Kafka counts them in an int. */
    private static void requireIn(String name, DataSize size, long least) {
        if (size.toBytes() < least || size.toBytes() > Integer.MAX_VALUE) {
            throw new SettingException(
                    name + ": expected " + least + "B to " + Integer.MAX_VALUE + "B, got " + size.toBytes() + "B");
        }
    }
}
