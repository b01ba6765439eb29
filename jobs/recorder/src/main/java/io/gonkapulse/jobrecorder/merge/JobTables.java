package io.gonkapulse.jobrecorder.merge;

/**
 * The tables that events are merged into.
 *
 * @param live whether the consumers write them; only then do the times of partitions advance and jobs expire
 */
public record JobTables(String jobs, String stages, boolean live) {

    public static final JobTables LIVE = new JobTables("jobs", "job_stages", true);
}
