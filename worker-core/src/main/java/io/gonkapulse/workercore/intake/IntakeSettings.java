package io.gonkapulse.workercore.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How batches are taken in.
 *
 * @param consumers threads of this process for the topic of snapshots; each has a connection of its own
 * @param maxRecords most records of one batch
 * @param maxPartitionFetch most bytes asked of one partition at once; times the partitions it bounds the memory
 * @param firstBackOff first pause after a failure of the surroundings
 * @param longestBackOff the pauses double up to this one
 */
@ConfigurationProperties("intake")
public record IntakeSettings(
        @DefaultValue("2") int consumers,
        @DefaultValue("20000") int maxRecords,
        @DefaultValue("2MB") DataSize maxPartitionFetch,
        @DefaultValue("500ms") Duration firstBackOff,
        @DefaultValue("10s") Duration longestBackOff) {}
