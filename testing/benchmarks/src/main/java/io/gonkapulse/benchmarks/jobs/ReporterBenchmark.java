package io.gonkapulse.benchmarks.jobs;

import static java.util.Objects.requireNonNull;

import com.sun.management.ThreadMXBean;
import io.gonkapulse.jobreporter.JobReporter;
import io.gonkapulse.jobreporter.ReportedJob;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One operation is one event. An invocation reports a burst of jobs that fits into the buffer while the reporter's
 * thread sends; between two invocations, outside of the measured time, it sends the rest.
 */
@State(Scope.Thread)
public class ReporterBenchmark {

    static final String KAFKA = "benchmarks.reporter.kafka";

    private static final int JOBS = 1_500;

    /** Start, start of the stage, progress, end of the stage, end. */
    private static final int EVENTS_OF_JOB = 5;

    private static final int EVENTS = JOBS * EVENTS_OF_JOB;
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(60);

    @Param({"OFF", "NOWHERE", "KAFKA"})
    public ReportTarget target = ReportTarget.OFF;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private @Nullable JobReporter reporter;

    /** What the caller's thread allocates; the profilers of JMH add up all threads. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class CallerMemory {

        public long bytes;
        public long events;
    }

    @Setup(Level.Trial)
    public void open() {
        reporter = target.open(System.getProperty(KAFKA, ""), SystemClockConfiguration.CLOCK);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void report(CallerMemory memory) {
        JobReporter open = requireNonNull(reporter);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < JOBS; i++) {
            try (ReportedJob job = open.start("nightly-report")) {
                job.stage("load");
                job.progress(Map.of("rows", i));
                job.succeed(Map.of("rows", i));
            }
        }
        memory.bytes += threads.getCurrentThreadAllocatedBytes() - before;
        memory.events += EVENTS;
    }

    @TearDown(Level.Invocation)
    public void sendRest() throws InterruptedException {
        if (!requireNonNull(reporter).flush(FLUSH_TIMEOUT)) {
            throw new IllegalStateException("Expected to send a burst within " + FLUSH_TIMEOUT + ", got "
                    + requireNonNull(reporter).counts());
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        JobReporter open = requireNonNull(reporter);
        open.close();
        if (open.counts().lost() > 0) {
            throw new IllegalStateException("Expected to send every event, got " + open.counts());
        }
    }
}
