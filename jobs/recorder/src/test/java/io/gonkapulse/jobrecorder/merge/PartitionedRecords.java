package io.gonkapulse.jobrecorder.merge;

import io.gonkapulse.testkit.workload.SimulatedRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The topic as its consumers see it: an order in each partition, none between them, and records that are there twice. */
final class PartitionedRecords {

    private final Map<Integer, List<SimulatedRecord>> partitions = new HashMap<>();

    private PartitionedRecords() {}

    /** From a random moment on the topic has more partitions, so keys move while their old partition is not read yet. */
    static PartitionedRecords grown(List<SimulatedRecord> records, int more, Random random) {
        PartitionedRecords topic = new PartitionedRecords();
        int grownAt = random.nextInt(records.size());
        for (int i = 0; i < records.size(); i++) {
            SimulatedRecord record = i < grownAt ? records.get(i) : moved(records.get(i), more);
            topic.add(record);
            if (random.nextInt(4) == 0) {
                topic.add(record);
            }
        }
        return topic;
    }

    private static SimulatedRecord moved(SimulatedRecord record, int partitions) {
        return new SimulatedRecord(
                record.key(),
                record.json(),
                record.recordMillis(),
                SimulatedRecord.partitionOf(record.key(), partitions));
    }

    private void add(SimulatedRecord record) {
        partitions
                .computeIfAbsent(record.partition(), partition -> new ArrayList<>())
                .add(record);
    }

    List<SimulatedRecord> all() {
        return partitions.values().stream().flatMap(Collection::stream).toList();
    }

    /** The next records of a random choice of partitions. */
    List<SimulatedRecord> next(Map<Integer, Integer> applied, Random random) {
        List<SimulatedRecord> next = new ArrayList<>();
        partitions.forEach((partition, records) -> {
            int from = applied.getOrDefault(partition, 0);
            int count = random.nextInt(3) * random.nextInt(20);
            next.addAll(records.subList(from, Math.min(records.size(), from + count)));
        });
        return next;
    }

    Map<Integer, Integer> ends() {
        Map<Integer, Integer> ends = new HashMap<>();
        partitions.forEach((partition, records) -> ends.put(partition, records.size()));
        return ends;
    }
}
