package io.gonkapulse.contracts.dialect;

import io.gonkapulse.contracts.job.JobAttempt;
import io.gonkapulse.contracts.job.JobDescription;
import io.gonkapulse.contracts.job.JobError;
import io.gonkapulse.contracts.job.JobEvent;
import io.gonkapulse.contracts.job.JobEventDetails;
import io.gonkapulse.contracts.job.JobEventOrigin;
import io.gonkapulse.contracts.job.JobEventOrigin.Reporter;
import io.gonkapulse.contracts.job.JobEventType;
import io.gonkapulse.contracts.job.JobLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the run events of OpenLineage, which Airflow, Spark, dbt and others emit. Of its other events, those about a
 * job or a dataset without a run, nothing is recorded.
 */
public final class OpenLineageEventParser implements JobEventParser {

    /** The limit of one event: a plan or the columns of many tables can be large. They are skipped. */
    public static final int MAX_EVENT_BYTES = 5 << 20;

    private static final String DEFAULT_SOURCE = "openlineage";

    /** Names of datasets in the meta of a job; their number is always there. */
    private static final int MAX_DATASETS = 20;

    private final ForeignJsonReader reader = new ForeignJsonReader(
            MAX_EVENT_BYTES,
            Set.of(
                    "eventTime",
                    "eventType",
                    "producer",
                    "schemaURL",
                    "dataset.name",
                    "run.runId",
                    "run.facets.parent.run.runId",
                    "run.facets.parent.job.namespace",
                    "run.facets.parent.job.name",
                    "run.facets.errorMessage",
                    "run.facets.nominalTime",
                    "run.facets.processing_engine",
                    "job.namespace",
                    "job.name",
                    "inputs.namespace",
                    "inputs.name",
                    "outputs.namespace",
                    "outputs.name"));

    @Override
    public List<JobEvent> parse(byte[] json) {
        ForeignObject event = reader.read(json);
        if (isWithoutRun(event)) {
            return List.of();
        }
        JobEventType type = type(event);
        return List.of(EventVerifier.verify(() -> translate(event, type)));
    }

    private static boolean isWithoutRun(ForeignObject event) {
        String schema = event.textOrNull("schemaURL", JobLimits.MAX_NAME_LENGTH);
        boolean isOther = event.has("dataset") || (schema != null && schema.matches(".*/(Job|Dataset)Event"));
        return isOther && !event.has("run");
    }

    /** The specification does not require a type. */
    private static JobEventType type(ForeignObject event) {
        String word = event.textOrNull("eventType", JobLimits.MAX_WORD_LENGTH);
        return switch (word == null ? "OTHER" : word) {
            case "START" -> JobEventType.STARTED;
            case "RUNNING" -> JobEventType.HEARTBEAT;
            case "COMPLETE" -> JobEventType.SUCCEEDED;
            case "ABORT" -> JobEventType.CANCELED;
            case "FAIL" -> JobEventType.FAILED;
            case "OTHER" -> JobEventType.PROGRESS;
            default ->
                throw event.badField("eventType", "START, RUNNING, COMPLETE, ABORT, FAIL or OTHER", '"' + word + '"');
        };
    }

    private static JobEvent translate(ForeignObject event, JobEventType type) {
        ForeignObject run = event.object("run");
        ForeignObject facets = facets(run);
        ForeignObject job = event.object("job");
        String name =
                job.text("namespace", JobLimits.MAX_JSON_BYTES) + '.' + job.text("name", JobLimits.MAX_JSON_BYTES);
        Instant at = event.time("eventTime");
        String producer = event.text("producer", JobLimits.MAX_ID_LENGTH);
        ForeignObject parent = facets.objectOrNull("parent");
        return new JobEvent(
                run.uuid("runId"),
                type,
                at,
                new JobEventOrigin(producer.isEmpty() ? DEFAULT_SOURCE : producer, null, null, Reporter.EXECUTOR),
                new JobDescription(BotIdFormatter.format(name), null, parentId(parent), null),
                new JobAttempt(1, null, type == JobEventType.STARTED ? at : null, null, null),
                new JobEventDetails(
                        null,
                        List.of(),
                        meta(event, type, name, facets),
                        null,
                        null,
                        error(facets.objectOrNull("errorMessage")),
                        null));
    }

    private static ForeignObject facets(ForeignObject run) {
        ForeignObject facets = run.objectOrNull("facets");
        return facets == null ? new ForeignObject("", Map.of()) : facets;
    }

    /** Old versions of the Airflow integration write the name of a run here, which is no link. */
    private static @Nullable UUID parentId(@Nullable ForeignObject parent) {
        ForeignObject run = parent == null ? null : parent.objectOrNull("run");
        return run == null ? null : run.uuidOrNull("runId");
    }

    private static @Nullable JobError error(@Nullable ForeignObject facet) {
        return facet == null
                ? null
                : new JobError(
                        null,
                        facet.textOrNull("message", JobLimits.MAX_STACK_LENGTH),
                        facet.textOrNull("stackTrace", JobLimits.MAX_STACK_LENGTH));
    }

    /**
     * Short: the newest meta of a job replaces an earlier one, so an event in between has one only if it knows the
     * datasets.
     */
    private static @Nullable String meta(ForeignObject event, JobEventType type, String name, ForeignObject facets) {
        List<ForeignObject> inputs = event.objects("inputs");
        List<ForeignObject> outputs = event.objects("outputs");
        boolean isBetween = type == JobEventType.HEARTBEAT || type == JobEventType.PROGRESS;
        if (isBetween && inputs.isEmpty() && outputs.isEmpty()) {
            return null;
        }
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("name", JobLimits.truncate(name, JobLimits.MAX_STACK_LENGTH));
        ForeignObject engine = facets.objectOrNull("processing_engine");
        putText(meta, "engine", engine, "name");
        putText(meta, "engineVersion", engine, "version");
        ForeignObject nominalTime = facets.objectOrNull("nominalTime");
        putText(meta, "nominalStartTime", nominalTime, "nominalStartTime");
        putText(meta, "nominalEndTime", nominalTime, "nominalEndTime");
        ForeignObject parent = facets.objectOrNull("parent");
        putText(meta, "parent", parent == null ? null : parent.objectOrNull("job"), "name");
        putDatasets(meta, "inputs", inputs);
        putDatasets(meta, "outputs", outputs);
        return ForeignJsonWriter.toObject(meta);
    }

    private static void putText(Map<String, Object> meta, String key, @Nullable ForeignObject object, String name) {
        String text = object == null ? null : object.textOrNull(name, JobLimits.MAX_NAME_LENGTH);
        if (text != null) {
            meta.put(key, text);
        }
    }

    private static void putDatasets(Map<String, Object> meta, String key, List<ForeignObject> datasets) {
        if (datasets.isEmpty()) {
            return;
        }
        List<Object> names = new ArrayList<>();
        for (ForeignObject dataset : datasets.subList(0, Math.min(datasets.size(), MAX_DATASETS))) {
            String namespace = dataset.textOrNull("namespace", JobLimits.MAX_NAME_LENGTH);
            String name = dataset.text("name", JobLimits.MAX_NAME_LENGTH);
            names.add(namespace == null ? name : namespace + '/' + name);
        }
        meta.put(key, names);
        meta.put(key + "Count", new ForeignJsonReader.ForeignNumber(String.valueOf(datasets.size())));
    }
}
