package io.gonkapulse.trackerpoller.source.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.testkit.network.quirk.Quirk;
import io.gonkapulse.trackerpoller.site.SiteException;
import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Quirks of bytes and connections: either they change nothing, or the site had nothing worth reading. */
final class WireQuirks {

    private WireQuirks() {}

    static Map<Quirk, Consumer<KindStage>> all() {
        Map<Quirk, Consumer<KindStage>> checks = new EnumMap<>(Quirk.class);
        checks.put(Quirk.GZIP_UNASKED, Expected.same(Quirk.GZIP_UNASKED));
        checks.put(Quirk.SEVERAL_MEGABYTES, Expected.same(Quirk.SEVERAL_MEGABYTES));
        nothing(checks, Quirk.TRUNCATED_JSON, Reason.UNUSABLE, 0);
        nothing(checks, Quirk.INVALID_UTF8, Reason.UNUSABLE, 0);
        nothing(checks, Quirk.HTML_WITH_STATUS_200, Reason.NOT_JSON, 0);
        nothing(checks, Quirk.ENDLESS_BODY, Reason.TOO_LONG, 0);
        nothing(checks, Quirk.TOO_MANY_REQUESTS, Reason.REFUSED, 429);
        nothing(checks, Quirk.TOO_MANY_REQUESTS_WITH_RETRY_AFTER, Reason.REFUSED, 429);
        nothing(checks, Quirk.SERVICE_UNAVAILABLE, Reason.REFUSED, 503);
        nothing(checks, Quirk.RESET_MID_BODY, Reason.BROKEN_OFF, 0);
        nothing(checks, Quirk.TLS_FAILURE, Reason.REDIRECT, 0);
        nothing(checks, Quirk.REDIRECT_LOOP, Reason.REDIRECT, 0);
        nothing(checks, Quirk.SLOW_DRIP, Reason.SLOW, 0);
        return checks;
    }

    /** Nothing is handed on: neither on the first question nor on a later one. */
    private static void nothing(Map<Quirk, Consumer<KindStage>> checks, Quirk quirk, Reason reason, int status) {
        checks.put(quirk, stage -> {
            fails(stage, quirk, reason, status);
            stage.hear();
            fails(stage, quirk, reason, status);
        });
    }

    private static void fails(KindStage stage, Quirk quirk, Reason reason, int status) {
        assertThatThrownBy(() -> stage.hear(quirk)).isInstanceOfSatisfying(SiteException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.status().orElse(0)).isEqualTo(status);
        });
    }
}
