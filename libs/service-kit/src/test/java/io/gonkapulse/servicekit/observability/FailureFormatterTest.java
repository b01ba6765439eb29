package io.gonkapulse.servicekit.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FailureFormatterTest {

    /** Has the name of Kafka's exception. */
    private static final class SslAuthenticationException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SslAuthenticationException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @Test
    void includesRootCauseAndHint() {
        Throwable root = new SSLHandshakeException("PKIX path building failed:\n  no valid certification path");
        Throwable failure = new IllegalStateException(
                "Could not configure topics",
                new ExecutionException(new SslAuthenticationException("SSL handshake failed", root)));

        assertThat(FailureFormatter.format(failure))
                .isEqualTo("SSL handshake failed: PKIX path building failed: no valid certification path (client or "
                        + "broker does not trust the other's certificate: see SPRING_KAFKA_SSL_…)");
    }

    @Test
    void namesFailureWithoutMessage() {
        assertThat(FailureFormatter.format(new NullPointerException())).isEqualTo("NullPointerException");
        assertThat(FailureFormatter.format(new IllegalStateException("out of paper")))
                .isEqualTo("out of paper");
        assertThat(FailureFormatter.format(new ExecutionException(new TimeoutException())))
                .startsWith("TimeoutException (no response: check KAFKA_BOOTSTRAP_SERVERS");
    }
}
