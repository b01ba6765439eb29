package io.gonkapulse.benchmarks.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;

/** The routes of jobs that are measured. Pages begin at a random job, series and metrics on a random day. */
enum MeasuredJobRoute implements MeasuredPath {
    JOB_PAGE("page of 50 jobs", "order by first_time desc, job_id") {
        @Override
        public String path(int key) {
            return "/api/v1/jobs?" + cursor(key);
        }
    },
    JOB_PAGE_FAILED("page of failed jobs", "order by first_time desc nulls last") {
        @Override
        public String path(int key) {
            return "/api/v1/jobs?state=failed&" + cursor(key);
        }
    },
    JOB_PAGE_BOT("page of a bot", "wanted (state)") {
        @Override
        public String path(int key) {
            return "/api/v1/jobs?bot=" + bot(key) + '&' + cursor(key);
        }
    },
    JOB_PAGE_BOT_FAILED("page of a bot's failed jobs", "and bot_id = $") {
        @Override
        public String path(int key) {
            return "/api/v1/jobs?state=failed&bot=" + bot(key) + '&' + cursor(key);
        }
    },
    JOB_PAGE_CREATOR("page of a creator", "wanted (state)") {
        @Override
        public String path(int key) {
            return "/api/v1/jobs?createdBy=user-" + key % JobDataGenerator.CREATORS + '&' + cursor(key);
        }
    },
    JOB_PAGE_SEARCH("page of a searched bot", "searched.bot_id") {
        @Override
        public String path(int key) {
            return "/api/v1/jobs?q=" + bot(key) + '&' + cursor(key);
        }
    },
    JOB("job with its stages", "window earlier") {
        @Override
        public String path(int key) {
            return "/api/v1/jobs/" + JobDataGenerator.idOf(key);
        }
    },
    JOB_SERIES_HOUR("7 days by hour", "job_sums_api") {
        @Override
        public String path(int key) {
            return series("hour", key, 7);
        }
    },
    JOB_SERIES_DAY("30 days by day", "job_sums_api") {
        @Override
        public String path(int key) {
            return series("day", key, 30);
        }
    },
    JOB_SERIES_MONTH("12 months by month", "job_sums_api") {
        @Override
        public String path(int key) {
            return series("month", key, 360);
        }
    },
    JOB_SERIES_BOT("30 days of a bot by day", "job_sums_api") {
        @Override
        public String path(int key) {
            return series("day", key, 30) + "&bot=" + bot(key);
        }
    },
    JOB_METRICS("metrics of a day", "job_durations_api") {
        @Override
        public String path(int key) {
            return "/api/v1/jobs/metrics?from=" + day(key) + "T10:15:00Z&to=" + day(key).plusDays(1) + "T10:15:00Z";
        }
    },
    JOB_METRICS_MONTH("metrics of 30 days", "job_durations_api") {
        @Override
        public String path(int key) {
            return "/api/v1/jobs/metrics?from=" + day(key).minusDays(29) + "&to=" + day(key);
        }
    },
    JOB_STAGES("summary of stages of 7 days", "job_durations_api") {
        @Override
        public String path(int key) {
            return "/api/v1/jobs/stages/summary?from=" + day(key).minusDays(6) + "&to=" + day(key);
        }
    };

    private final String label;
    private final String sqlMarker;

    MeasuredJobRoute(String label, String sqlMarker) {
        this.label = label;
        this.sqlMarker = sqlMarker;
    }

    /** Name in the result tables. */
    String label() {
        return label;
    }

    /** Text that occurs in this route's main statement only. */
    String sqlMarker() {
        return sqlMarker;
    }

    private static String cursor(int job) {
        String cursor = "-firstTime " + JobDataGenerator.timeOf(job) + ' ' + JobDataGenerator.idOf(job);
        return "cursor=" + Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(UTF_8));
    }

    private static String bot(int key) {
        return String.format(Locale.ROOT, "bot-%02d", key % (JobDataGenerator.BOTS - 10));
    }

    /** Kathmandu's days are not those of UTC. */
    private static String series(String interval, int key, int days) {
        LocalDate last = day(key);
        return "/api/v1/jobs/series?tz=Asia/Kathmandu&interval=" + interval + "&from=" + last.minusDays(days - 1L)
                + "&to=" + last;
    }

    private static LocalDate day(int job) {
        return LocalDate.ofInstant(JobDataGenerator.timeOf(job), ZoneOffset.UTC);
    }
}
