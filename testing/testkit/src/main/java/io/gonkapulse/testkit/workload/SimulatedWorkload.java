package io.gonkapulse.testkit.workload;

import java.util.List;

/**
 * Jobs with their truth, and the records of their producers, of the queue, of the recorder and of operators in the order
 * in which a broker would have appended them.
 */
public record SimulatedWorkload(List<SimulatedJob> jobs, List<SimulatedRecord> records) {

    public SimulatedWorkload {
        jobs = List.copyOf(jobs);
        records = List.copyOf(records);
    }

    public static SimulatedWorkload create(WorkloadParameters parameters) {
        return new WorkloadBuilder(parameters).build();
    }
}
