package io.gonkapulse.jobreporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputTailTest {

    private final OutputTail tail = new OutputTail();

    @Test
    void silenceHasNoText() {
        append(" \n");

        assertThat(tail.text()).isNull();
        assertThat(tail.lastLine()).isNull();
    }

    @Test
    void keepsWholeLinesAtTheEnd() {
        for (int i = 0; i < 5_000; i++) {
            append("line " + i + " é🚀\n");
        }

        assertThat(tail.text()).hasSizeBetween(3_950, 4_000).matches("(?s)line \\d+ é🚀\n.*line 4999 é🚀");
        assertThat(tail.lastLine()).isEqualTo("line 4999 é🚀");
    }

    @Test
    void keepsEndOfOneLongLine() {
        append("x".repeat(100_000) + "end");

        assertThat(tail.text()).hasSize(4_000).endsWith("xend");
    }

    @Test
    void leavesOutTerminalCommands() {
        append("\u001b[1;31mred\u001b[0m \u001b]0;title\u0007\u001b[2Kline\r\n10 %\r100 %\u0000\u009b\u0007");

        assertThat(tail.text()).isEqualTo("red line\n10 %\n100 %\uFFFD\uFFFD\uFFFD");
    }

    @Test
    void replacesInvalidBytes() {
        byte[] bytes = {'a', (byte) 0xc3, (byte) 0xff, 'b', (byte) 0xf0, (byte) 0x9f};
        tail.append(bytes, bytes.length);

        assertThat(tail.text()).isEqualTo("a\uFFFD\uFFFDb\uFFFD");
    }

    private void append(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        tail.append(bytes, bytes.length);
    }
}
