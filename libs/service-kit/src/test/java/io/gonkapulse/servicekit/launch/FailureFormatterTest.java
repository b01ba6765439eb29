package io.gonkapulse.servicekit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FailureFormatterTest {

    /** Named as Kafka's. */
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
                .isEqualTo("SSL handshake failed: PKIX path building failed: no valid certification path (the broker's "
                        + "certificate is not trusted here, or this program's not there: see SPRING_KAFKA_SSL_…)");
    }

    @Test
    void namesFailureWithoutMessage() {
        assertThat(FailureFormatter.format(new NullPointerException())).isEqualTo("NullPointerException");
        assertThat(FailureFormatter.format(new IllegalStateException("out of paper")))
                .isEqualTo("out of paper");
        assertThat(FailureFormatter.format(new ExecutionException(new TimeoutException())))
                .startsWith("TimeoutException (no answer: is KAFKA_BOOTSTRAP_SERVERS right");
    }
}
