package io.gonkapulse.trackerpoller.http;

import io.gonkapulse.trackerpoller.http.TrackerRequestException.RequestFailureReason;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Maps exceptions of the HTTP client to failure reasons. */
final class HttpFailureMapper {

    private HttpFailureMapper() {}

    static TrackerRequestException toRequestException(Throwable failure) {
        if (failure instanceof TrackerRequestException known) {
            return known;
        }
        if (hasCause(failure, UnresolvedAddressException.class) || hasCause(failure, UnknownHostException.class)) {
            return TrackerRequestException.of(RequestFailureReason.UNKNOWN_HOST, "unknown host", failure);
        }
        if (hasCause(failure, SSLException.class)) {
            return TrackerRequestException.of(RequestFailureReason.TLS, "TLS failed: " + failure.getMessage(), failure);
        }
        if (hasCause(failure, HttpConnectTimeoutException.class) || hasCause(failure, ConnectException.class)) {
            String reason = failure.getMessage() == null ? "connection refused" : failure.getMessage();
            return TrackerRequestException.of(RequestFailureReason.NO_CONNECTION, "no connection: " + reason, failure);
        }
        return hasCause(failure, HttpTimeoutException.class)
                ? TrackerRequestException.of(RequestFailureReason.SLOW, "no response in time", failure)
                : TrackerRequestException.of(
                        RequestFailureReason.BROKEN_OFF, "the response broke off: " + failure.getMessage(), failure);
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .anyMatch(type::isInstance);
    }
}
