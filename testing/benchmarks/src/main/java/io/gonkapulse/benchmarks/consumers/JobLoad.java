package io.gonkapulse.benchmarks.consumers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gonkapulse.contracts.KafkaTopic;
import io.gonkapulse.contracts.json.JobEventCodec;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Jobs that run one second each; the probes are ends of jobs. */
final class JobLoad implements VisibilityProbe.LiveLoad {

    private static final int META_BYTES = 60;
    /** Above the numbers of the load. */
    private static final int FIRST_PROBE = 1 << 30;

    private final JobEventCodec codec = new JobEventCodec();
    private final InstantSource clock;
    private final int perSecond;
    private final int openJobs;
    private final Instant[] acceptedAt;
    private int turn;
    private int step;
    private int probes;

    JobLoad(InstantSource clock, int perSecond) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.openJobs = perSecond / SyntheticJob.EVENTS / SyntheticJob.EVENTS;
        this.acceptedAt = new Instant[openJobs * SyntheticJob.EVENTS];
    }

    @Override
    public String noun() {
        return "events of jobs";
    }

    @Override
    public int perSecond() {
        return perSecond;
    }

    @Override
    public int lingerMillis() {
        return 5;
    }

    /** Each turn accepts a job, and sends the next event of eight jobs that were accepted before. */
    @Override
    public ProducerRecord<byte[], byte[]> next() {
        if (step == SyntheticJob.EVENTS) {
            step = 0;
            turn++;
        }
        if (step == 0) {
            acceptedAt[turn % acceptedAt.length] = now();
        }
        int number = turn - step * openJobs;
        if (number < 0) {
            step = 0;
            turn++;
            return next();
        }
        Instant accepted = acceptedAt[number % acceptedAt.length];
        return record(new SyntheticJob(number, accepted, META_BYTES), step++);
    }

    @Override
    public String query() {
        return "select 1 from audit.jobs where job_id = ? and state in ('succeeded', 'failed')";
    }

    @Override
    public ProducerRecord<byte[], byte[]> nextProbe(PreparedStatement query) throws SQLException {
        SyntheticJob job = new SyntheticJob(FIRST_PROBE + probes++, now().minusSeconds(1), META_BYTES);
        query.setObject(1, job.id());
        return record(job, SyntheticJob.EVENTS - 1);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private ProducerRecord<byte[], byte[]> record(SyntheticJob job, int jobStep) {
        return new ProducerRecord<>(
                KafkaTopic.JOB_EVENTS.name(), job.id().toString().getBytes(US_ASCII), codec.encode(job.event(jobStep)));
    }
}
