package io.gonkapulse.trackerpoller.site;

import io.gonkapulse.trackerpoller.site.SiteException.Reason;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What an exception of the HTTP client means. */
final class Failures {

    private Failures() {}

    static SiteException of(Throwable failure) {
        if (failure instanceof SiteException known) {
            return known;
        }
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return SiteException.of(Reason.UNKNOWN_HOST, "the host is not known", failure);
        }
        if (has(failure, SSLException.class)) {
            return SiteException.of(Reason.TLS, "TLS failed: " + failure.getMessage(), failure);
        }
        if (has(failure, HttpConnectTimeoutException.class) || has(failure, ConnectException.class)) {
            String why = failure.getMessage() == null ? "nobody listens there" : failure.getMessage();
            return SiteException.of(Reason.NO_CONNECTION, "no connection: " + why, failure);
        }
        return has(failure, HttpTimeoutException.class)
                ? SiteException.of(Reason.SLOW, "no answer in time", failure)
                : SiteException.of(Reason.BROKEN_OFF, "the answer broke off: " + failure.getMessage(), failure);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .anyMatch(type::isInstance);
    }
}
