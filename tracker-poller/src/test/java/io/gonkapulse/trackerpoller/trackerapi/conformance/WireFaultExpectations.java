package io.gonkapulse.trackerpoller.trackerapi.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.trackerpoller.http.TrackerRequestException;
import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Expected readings for faults of bytes and connections: unchanged, or no usable response. */
final class WireFaultExpectations {

    private WireFaultExpectations() {}

    static Map<EndpointFault, Consumer<TrackerTypeFixture>> all() {
        Map<EndpointFault, Consumer<TrackerTypeFixture>> checks = new EnumMap<>(EndpointFault.class);
        checks.put(EndpointFault.GZIP_UNREQUESTED, EpochAssertions.unchangedBy(EndpointFault.GZIP_UNREQUESTED));
        checks.put(EndpointFault.SEVERAL_MEGABYTES, EpochAssertions.unchangedBy(EndpointFault.SEVERAL_MEGABYTES));
        expectFailure(checks, EndpointFault.TRUNCATED_JSON, RequestFailureReason.UNUSABLE, 0);
        expectFailure(checks, EndpointFault.INVALID_UTF8, RequestFailureReason.UNUSABLE, 0);
        expectFailure(checks, EndpointFault.HTML_WITH_STATUS_200, RequestFailureReason.NOT_JSON, 0);
        expectFailure(checks, EndpointFault.ENDLESS_BODY, RequestFailureReason.TOO_LONG, 0);
        expectFailure(checks, EndpointFault.TOO_MANY_REQUESTS, RequestFailureReason.REFUSED, 429);
        expectFailure(checks, EndpointFault.TOO_MANY_REQUESTS_WITH_RETRY_AFTER, RequestFailureReason.REFUSED, 429);
        expectFailure(checks, EndpointFault.SERVICE_UNAVAILABLE, RequestFailureReason.REFUSED, 503);
        expectFailure(checks, EndpointFault.RESET_MID_BODY, RequestFailureReason.BROKEN_OFF, 0);
        expectFailure(checks, EndpointFault.TLS_FAILURE, RequestFailureReason.REDIRECT, 0);
        expectFailure(checks, EndpointFault.REDIRECT_LOOP, RequestFailureReason.REDIRECT, 0);
        expectFailure(checks, EndpointFault.SLOW_BODY, RequestFailureReason.SLOW, 0);
        return checks;
    }

    /** Neither the first nor a later request returns a reading. */
    private static void expectFailure(
            Map<EndpointFault, Consumer<TrackerTypeFixture>> checks,
            EndpointFault fault,
            RequestFailureReason reason,
            int status) {
        checks.put(fault, fixture -> {
            assertFailure(fixture, fault, reason, status);
            fixture.read();
            assertFailure(fixture, fault, reason, status);
        });
    }

    private static void assertFailure(
            TrackerTypeFixture fixture, EndpointFault fault, RequestFailureReason reason, int status) {
        assertThatThrownBy(() -> fixture.read(fault)).isInstanceOfSatisfying(TrackerRequestException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.status().orElse(0)).isEqualTo(status);
        });
    }
}
