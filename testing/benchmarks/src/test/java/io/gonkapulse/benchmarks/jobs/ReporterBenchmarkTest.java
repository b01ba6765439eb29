package io.gonkapulse.benchmarks.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReporterBenchmarkTest {

    @Test
    void everyEventIsSent() throws InterruptedException {
        ReporterBenchmark benchmark = new ReporterBenchmark();
        ReporterBenchmark.CallerMemory memory = new ReporterBenchmark.CallerMemory();
        benchmark.target = ReportTarget.NOWHERE;
        benchmark.open();

        benchmark.report(memory);
        benchmark.sendRest();
        // Fails if events were lost.
        benchmark.close();

        assertThat(memory.events).isEqualTo(7_500);
        assertThat(memory.bytes).isPositive();
    }
}
