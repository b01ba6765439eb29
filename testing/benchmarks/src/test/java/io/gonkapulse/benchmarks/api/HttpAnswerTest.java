package io.gonkapulse.benchmarks.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 \r\nContent-Length: 5\r\nETag: W/\"a\"\r\n\r\nhello",
                "HTTP/1.1 200 \r\nETag: W/\"a\"\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
                "HTTP/1.1 304 \r\nETag: W/\"a\"\r\n\r\n"
            })
    void isWholeWithItsLastByteAndNotBefore(String text) {
        HttpAnswer answer = new HttpAnswer();
        byte[] bytes = text.getBytes(ISO_8859_1);
        for (byte one : bytes) {
            assertThat(answer.whole()).isFalse();
            answer.add(new byte[] {one}, 1);
        }

        assertThat(answer.whole()).isTrue();
        assertThat(answer.status()).isIn(200, 304);
        assertThat(answer.header("etag")).isEqualTo("W/\"a\"");
        assertThat(answer.header("retry-after")).isEmpty();
    }

    @Test
    void isEmptyForTheNextOne() {
        HttpAnswer answer = new HttpAnswer();
        byte[] bytes = "HTTP/1.1 503 \r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1);
        answer.add(bytes, bytes.length);
        assertThat(answer.whole()).isTrue();
        answer.clear();

        assertThat(answer.whole()).isFalse();
    }
}
