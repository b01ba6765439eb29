package io.gonkapulse.apigateway.epochs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class EpochCalendarTest {

    private static final LocalDate SETTLED = LocalDate.parse("2026-03-06");

    @Test
    void daysBetweenConsecutiveSettlementsHaveNone() {
        EpochCalendar calendar = EpochCalendar.parse(null, gap(SETTLED, SETTLED.plusDays(3)));

        assertThat(calendar.isWithoutSettlement(SETTLED)).isFalse();
        assertThat(calendar.isWithoutSettlement(SETTLED.plusDays(1))).isTrue();
        assertThat(calendar.isWithoutSettlement(SETTLED.plusDays(2))).isTrue();
        assertThat(calendar.isWithoutSettlement(SETTLED.plusDays(3))).isFalse();
    }

    @Test
    void deadlineMayHaveNoTime() {
        EpochCalendar calendar = EpochCalendar.parse("76 79 1773225000,77 80", null);

        assertThat(calendar.claimBefore(76L))
                .isEqualTo(new EpochCalendar.Deadline(79, Instant.parse("2026-03-11T10:30:00Z")));
        assertThat(calendar.claimBefore(77L)).isEqualTo(new EpochCalendar.Deadline(80, null));
        assertThat(calendar.claimBefore(70L)).isNull();
        assertThat(calendar.claimBefore(null)).isNull();
    }

    @Test
    void unclaimedWinsOverNoSettlement() {
        LocalDate day = SETTLED.plusDays(1);
        EpochCalendar calendar = EpochCalendar.parse(null, gap(SETTLED, day.plusDays(1)));
        RewardDays unclaimed = RewardDays.parse(day.toEpochDay() + " 5 76", null);

        assertThat(calendar.reason(day, unclaimed.sum(day, day))).isEqualTo("unclaimed");
        assertThat(calendar.reason(day, unclaimed.sum(SETTLED, SETTLED))).isEqualTo("no_settlement");
        assertThat(calendar.reason(SETTLED, unclaimed.sum(SETTLED, SETTLED))).isNull();
    }

    private static String gap(LocalDate from, LocalDate to) {
        return from.toEpochDay() + " " + to.toEpochDay();
    }
}
