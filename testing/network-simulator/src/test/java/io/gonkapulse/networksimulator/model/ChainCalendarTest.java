package io.gonkapulse.networksimulator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.networksimulator.model.ChainCalendar.EpochStages;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainCalendarTest {

    private final ChainCalendar calendar = new ChainCalendar(CalendarPlan.mainnet());

    @Test
    void anchorMatchesRealBlock() {
        Instant time = Instant.parse("2025-12-08T13:56:28.426061722Z");
        assertThat(calendar.blockTime(1_634_323)).isEqualTo(time);
        assertThat(calendar.heightAt(time)).isEqualTo(1_634_323);
        assertThat(calendar.heightAt(time.minusNanos(1))).isEqualTo(1_634_322);
        assertThat(calendar.currentEpoch(1_634_323)).isEqualTo(105);
    }

    @Test
    void stagesMatchMainNetwork() {
        EpochStages stages = calendar.stages(106);
        assertThat(stages)
                .isEqualTo(new EpochStages(
                        106, 1_642_801, 1_642_849, 1_642_861, 1_642_866, 1_642_962, 1_642_986, 1_643_106, 1_643_107,
                        1_658_112, 1_658_192));
        assertThat(stages.phase(1_642_801)).isEqualTo("PoCGenerate");
        assertThat(stages.phase(1_642_850)).isEqualTo("PoCGenerateWindDown");
        assertThat(stages.phase(1_642_870)).isEqualTo("PoCValidate");
        assertThat(stages.phase(1_642_963)).isEqualTo("PoCValidateWindDown");
        assertThat(stages.phase(1_642_986)).isEqualTo("Inference");
    }

    @Test
    void epochChangesInThreeSteps() {
        long start = calendar.pocStart(106);
        assertThat(calendar.latestEpoch(start - 1)).isEqualTo(105);
        assertThat(calendar.latestEpoch(start)).isEqualTo(106);
        assertThat(calendar.newestSettledEpoch(start + 184)).isEqualTo(104);
        assertThat(calendar.newestSettledEpoch(start + 185)).isEqualTo(105);
        assertThat(calendar.settlementHeight(105)).isEqualTo(start + 185);
        assertThat(calendar.currentEpoch(start + 304)).isEqualTo(105);
        assertThat(calendar.currentEpoch(start + 305)).isEqualTo(106);
        assertThat(calendar.effectiveHeight(106)).isEqualTo(start + 305);
    }

    @Test
    void blockTimesMapBackToHeights() {
        new Random(1).longs(2_000, 1, 20_000_000).forEach(height -> {
            Instant time = calendar.blockTime(height);
            assertThat(time).isAfter(calendar.blockTime(height - 1));
            assertThat(calendar.heightAt(time)).isEqualTo(height);
            assertThat(calendar.heightAt(time.plusNanos(1))).isEqualTo(height);
        });
    }

    @Test
    void shortEpochsKeepStageOrder() {
        EpochParameters brief = new EpochParameters(200, 20, 2, 2, 20, 20, 10);
        ChainCalendar quick = new ChainCalendar(CalendarPlan.mainnet().epochs(brief));
        assertThat(quick.settlementHeight(200)).isEqualTo(quick.pocStart(201) + 42);
        assertThat(quick.effectiveHeight(201)).isEqualTo(quick.pocStart(201) + 62);
        assertThat(quick.currentEpoch(quick.effectiveHeight(201))).isEqualTo(201);
    }

    @Test
    void rejectsImpossiblePlans() {
        assertThatThrownBy(() -> new EpochParameters(300, 60, 5, 5, 120, 120, 80))
                .hasMessageContaining("lengthen the epoch");
        CalendarPlan plan = CalendarPlan.mainnet();
        assertThatThrownBy(() -> new CalendarPlan(
                        1, plan.anchorTime(), Duration.ofSeconds(2), Duration.ofSeconds(1), 1, 1, plan.epochs()))
                .hasMessageContaining("jitter");
    }
}
