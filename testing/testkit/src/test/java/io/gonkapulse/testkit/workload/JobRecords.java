package io.gonkapulse.testkit.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Records of one job, written by hand. Times are seconds after {@link #START}. */
final class JobRecords {

    static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

    private static final String ID = "0193722f-d400-7000-8000-000000000001";
    private static final ReferenceJobModel MODEL = new ReferenceJobModel(Duration.ofHours(24));

    private final List<SimulatedRecord> records = new ArrayList<>();

    /** An event whose record has the event's own time. */
    JobRecords event(String type, double at, String... fields) {
        return event(type, at, at, fields);
    }

    /** @param fields JSON with ' instead of quotation marks */
    JobRecords event(String type, double at, double recordTime, String... fields) {
        StringBuilder json = new StringBuilder("{'v':1,'jobId':'" + ID + "','source':'s','event':'" + type + "'");
        json.append(",'at':'").append(time(at)).append('\'');
        for (String field : fields) {
            json.append(',').append(field);
        }
        records.add(new SimulatedRecord(
                ID,
                json.append('}').toString().replace('\'', '"'),
                time(recordTime).toEpochMilli(),
                0));
        return this;
    }

    static Instant time(double seconds) {
        return START.plusNanos(Math.round(seconds * 1e9));
    }

    static String field(String name, double time) {
        return '\'' + name + "':'" + time(time) + '\'';
    }

    ReferenceJob visible() {
        return jobs().iterator().next();
    }

    Collection<ReferenceJob> jobs() {
        return MODEL.jobs(records).values();
    }
}
