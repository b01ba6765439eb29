package io.gonkapulse.benchmarks.consumers;

import io.gonkapulse.benchmarks.consumers.DrainWorkloadMain.Workload;
import io.gonkapulse.benchmarks.harness.EffortLevel;
import io.gonkapulse.benchmarks.harness.ForkClassPath;
import io.gonkapulse.benchmarks.harness.ForkedProcess;
import io.gonkapulse.benchmarks.harness.LatencySamples;
import io.gonkapulse.benchmarks.harness.MemoryFootprint;
import io.gonkapulse.benchmarks.harness.ResultRow;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures the job-recorder: draining a backlog, beside consumers that only read or only parse and beside a queue in
 * the database; then memory and visibility under load.
 */
public final class JobSuite {

    private static final int FULL = 200_000;
    private static final int QUICK = 20_000;
    private static final int SMALL_META = 60;
    private static final int LARGE_META = 1_000;
    private static final int PEER_ITERATIONS = 3;
    private static final int WARMUP_PROBES = 50;
    private static final int QUICK_PROBES = 100;
    private static final int PROBES = 200;
    /** The heap of a small production instance. */
    private static final List<String> SERVICE_OPTIONS = List.of("-Xmx512m", "-XX:+UseParallelGC");

    private final InstantSource clock;
    private final List<MemoryFootprint> footprints = new ArrayList<>();
    private final List<LatencySamples> latencies = new ArrayList<>();

    public JobSuite(InstantSource clock) {
        this.clock = clock;
    }

    public List<ResultRow> run(EffortLevel effort) {
        ForkClassPath.prepare();
        int jobs = Integer.getInteger("benchmarks.jobs.backlog", effort == EffortLevel.QUICK ? QUICK : FULL);
        List<ResultRow> rows = new ArrayList<>();
        try (BenchmarkServers servers = BenchmarkServers.withTopics()) {
            rows.addAll(drain(effort, servers, jobs, SMALL_META));
            ResultRow drained = rows.get(rows.size() - 1);
            ResultRow peer = measurePeer(effort, servers, jobs);
            rows.add(peer);
            rows.add(drained.comparedWith(peer));
            System.err.print(ResultRow.render(rows));
            measureFootprint(jobs * SyntheticJob.EVENTS, servers);
            measureVisibility(effort, servers);
        }
        try (BenchmarkServers servers = BenchmarkServers.withTopics()) {
            rows.addAll(drain(effort, servers, jobs, LARGE_META));
        }
        return rows;
    }

    private List<ResultRow> drain(EffortLevel effort, BenchmarkServers servers, int jobs, int metaBytes) {
        JobBacklog backlog = new JobBacklog(servers.bootstrapServers(), jobs, metaBytes);
        backlog.publish(clock);
        return DrainWorkloadMain.compare(
                DrainedService.JOB_RECORDER,
                String.format(Locale.ROOT, "%,d events of jobs, %,d bytes of meta", backlog.records(), metaBytes),
                effort,
                backlog.records(),
                servers);
    }

    /** The first iteration only warms up. */
    private ResultRow measurePeer(EffortLevel effort, BenchmarkServers servers, int jobs) {
        JobQueuePeer peer = new JobQueuePeer(servers.jdbcUrl());
        int peerJobs = jobs / 4;
        List<Double> rates = IntStream.rangeClosed(0, Math.min(effort.iterations(), PEER_ITERATIONS))
                .mapToObj(iteration -> peer.run(peerJobs, clock.instant()))
                .toList();
        return ResultRow.of(
                String.format(
                        Locale.ROOT,
                        "%,d transitions: a queue in the database, one statement each (peer)",
                        peerJobs * SyntheticJob.EVENTS),
                rates.subList(1, rates.size()));
    }

    /** Memory footprints of the last run. */
    public List<MemoryFootprint> footprints() {
        return List.copyOf(footprints);
    }

    /** Visibility latencies of the last run. */
    public List<LatencySamples> latencies() {
        return List.copyOf(latencies);
    }

    /** Measures the service alone in its JVM while it drains the backlog. */
    private void measureFootprint(int records, BenchmarkServers servers) {
        try (DrainRunner runner = runner(servers)) {
            runner.resetOffsets();
        }
        List<String> reports = DrainWorkloadMain.run(
                DrainedService.JOB_RECORDER, SERVICE_OPTIONS, servers, records, 1, Workload.DRAIN_REST);
        footprints.add(DrainWorkloadMain.footprint(
                String.format(Locale.ROOT, "job-recorder, a backlog of %,d, %s", records, SERVICE_OPTIONS.get(0)),
                reports));
    }

    /** Measures rising rates, up to one that the service does not keep up with. */
    private void measureVisibility(EffortLevel effort, BenchmarkServers servers) {
        String rates = System.getProperty(
                "benchmarks.jobs.rates", effort == EffortLevel.QUICK ? "2000" : "2000,5000,10000,20000,50000");
        int probes = effort == EffortLevel.QUICK ? QUICK_PROBES : PROBES;
        try (DrainRunner runner = runner(servers);
                ForkedProcess service = runner.startService(SERVICE_OPTIONS)) {
            service.nextReport();
            for (String rate : rates.split(",", -1)) {
                VisibilityProbe probe = new VisibilityProbe(
                        servers.bootstrapServers(), servers.jdbcUrl(), new JobLoad(clock, Integer.parseInt(rate)));
                probe.measure("warm-up", WARMUP_PROBES);
                Optional<LatencySamples> measured = probe.measure("warm", probes);
                if (measured.isEmpty()) {
                    System.out.println("Visibility under " + rate + " events a second: more than 30 seconds.");
                    return;
                }
                latencies.add(measured.get());
                System.out.println(LatencySamples.render(latencies));
            }
        }
    }

    private static DrainRunner runner(BenchmarkServers servers) {
        return new DrainRunner(DrainedService.JOB_RECORDER, servers.bootstrapServers(), servers.jdbcUrl());
    }
}
