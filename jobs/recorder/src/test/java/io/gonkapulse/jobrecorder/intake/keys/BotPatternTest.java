package io.gonkapulse.jobrecorder.intake.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BotPatternTest {

    @ParameterizedTest
    @CsvSource({
        "nightly, nightly, true",
        "nightly, nightly-report, false",
        "nightly-*, nightly-report, true",
        "nightly-*, nightly-, true",
        "nightly-*, daily-report, false",
        "*-report, nightly-report, true",
        "a*a, a, false",
        "a*a, aa, true",
        "a*b*c, a.b.b.c, true",
        "a*b*c, a.c.b, false",
        "*.b.*, a.b.c, true",
        "*, anything, true",
        "a.c, abc, false",
    })
    void matchesBot(String pattern, String botId, boolean matches) {
        assertThat(new BotPattern(pattern).matches(botId)).isEqualTo(matches);
    }

    @Test
    void onlyRightForAllBotsAllowsNoBot() {
        assertThat(JobReporterRights.ALL.allow(null)).isTrue();
        assertThat(new JobReporterRights(Set.of(new BotPattern("a*"))).allow(null))
                .isFalse();
        assertThat(new JobReporterRights(Set.of()).allow("a")).isFalse();
    }
}
