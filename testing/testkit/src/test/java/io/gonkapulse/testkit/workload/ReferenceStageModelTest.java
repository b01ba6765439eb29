package io.gonkapulse.testkit.workload;

import static io.gonkapulse.testkit.workload.JobRecords.field;
import static io.gonkapulse.testkit.workload.JobRecords.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.contracts.job.JobStage.Status;
import org.junit.jupiter.api.Test;

class ReferenceStageModelTest {

    private final JobRecords records = new JobRecords();

    @Test
    void startAndEndMerge() {
        records.event("stage.succeeded", 3, "'stage':{'no':1,'name':'load','durationMillis':1900}")
                .event("stage.started", 1, "'stage':{'no':1,'name':'load'}");

        assertThat(records.visible().stages())
                .containsExactly(new ReferenceStage(1, "load", Status.SUCCEED, time(1), time(3), 1_900L, null, null));
        assertThat(records.visible().state()).isEqualTo(ReferenceState.RUNNING);
    }

    @Test
    void endWithDurationHasStart() {
        records.event("stage.failed", 3, "'stage':{'no':1,'name':'load','durationMillis':500}");

        assertThat(records.visible().stages())
                .containsExactly(new ReferenceStage(1, "load", Status.FAIL, time(2.5), time(3), 500L, null, null));
    }

    @Test
    void firstEndCounts() {
        records.event("stage.succeeded", 4, "'stage':{'no':1,'name':'load','durationMillis':9}")
                .event("stage.failed", 3, "'stage':{'no':1,'name':'load'}");

        ReferenceStage stage = records.visible().stages().get(0);
        assertThat(stage.status()).isEqualTo(Status.FAIL);
        assertThat(stage.durationMs()).isNull();
        assertThat(stage.startedAt()).isEqualTo(time(3.991));
    }

    @Test
    void stagesOfOldAttemptsAreHidden() {
        records.event("stage.started", 1, "'stage':{'no':1,'name':'load'}").event("accepted", 2, "'attempt':2");

        assertThat(records.visible().stages()).isEmpty();
    }

    @Test
    void listHidesUncountedStages() {
        records.event("stage.started", 1, "'stage':{'name':'load'}")
                .event("stage.started", 1, "'stage':{'no':3,'name':'counted'}")
                .event(
                        "stages",
                        9,
                        "'stages':[{'name':'load','status':'succeed','durationMillis':800," + field("startedAt", 1)
                                + "},{'name':'store'}]");

        assertThat(records.visible().run().stagesListed()).isTrue();
        assertThat(records.visible().stages())
                .containsExactly(
                        new ReferenceStage(1, "load", Status.SUCCEED, time(1), time(1.8), 800L, null, null),
                        new ReferenceStage(2, "store", Status.RUNNING, null, null, null, null, null),
                        new ReferenceStage(3, "counted", Status.RUNNING, time(1), null, null, null, null));
    }

    @Test
    void listedEndWithoutDurationIsEventTime() {
        records.event("stages", 9, "'stages':[{'no':5,'name':'load','status':'fail'}]");

        assertThat(records.visible().stages())
                .containsExactly(new ReferenceStage(5, "load", Status.FAIL, null, time(9), null, null, null));
    }

    @Test
    void uncountedStagesMergeByNameAndStart() {
        records.event("stage.started", 1, "'stage':{'name':'load'}")
                .event("stage.succeeded", 2, "'stage':{'name':'load','durationMillis':1000}")
                .event("stage.started", 5, "'stage':{'name':'load'}");

        assertThat(records.visible().stages())
                .containsExactly(
                        new ReferenceStage(null, "load", Status.SUCCEED, time(1), time(2), 1_000L, null, null),
                        new ReferenceStage(null, "load", Status.RUNNING, time(5), null, null, null, null));
    }
}
