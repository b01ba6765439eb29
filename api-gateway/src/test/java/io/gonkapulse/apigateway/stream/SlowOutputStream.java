package io.gonkapulse.apigateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Is ready only while the test says so. */
final class SlowOutputStream extends ServletOutputStream {

    boolean ready;
    boolean broken;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    String text() {
        return written.toString(UTF_8);
    }

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException("The test calls the listener");
    }

    @Override
    public void write(int oneByte) throws IOException {
        if (broken) {
            throw new IOException("The client is gone");
        }
        written.write(oneByte);
    }

    @Override
    public void flush() {
        written.writeBytes("flush ".getBytes(UTF_8));
    }
}
