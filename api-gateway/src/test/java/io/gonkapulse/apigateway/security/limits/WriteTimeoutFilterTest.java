package io.gonkapulse.apigateway.security.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gonkapulse.apigateway.security.limits.WriteTimeoutFilter.WriteTimeoutStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.CloseNowException;
import org.junit.jupiter.api.Test;

class WriteTimeoutFilterTest {

    private static final int LENGTH = 50_000;

    private final Sink sink = new Sink();

    @Test
    void stopsAfterTimeout() {
        WriteTimeoutStream stream = new WriteTimeoutStream(sink, Duration.ofNanos(-1));

        assertThatThrownBy(() -> stream.write(new byte[LENGTH])).isInstanceOf(CloseNowException.class);
        assertThat(sink.content.size()).isEqualTo(16 << 10);
    }

    @Test
    void writesWithinTimeout() throws IOException {
        WriteTimeoutStream stream = new WriteTimeoutStream(sink, Duration.ofHours(1));

        stream.write(new byte[LENGTH]);
        stream.write(1);

        assertThat(sink.content.size()).isEqualTo(LENGTH + 1);
    }

    private static final class Sink extends ServletOutputStream {

        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        @Override
        public void write(int oneByte) {
            content.write(oneByte);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("This stream is written to at once");
        }
    }
}
