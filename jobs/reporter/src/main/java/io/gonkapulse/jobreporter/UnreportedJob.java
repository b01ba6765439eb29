package io.gonkapulse.jobreporter;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job while reporting is off. */
record UnreportedJob(UUID id) implements ReportedJob {

    @Override
    public void stage(String name, Map<String, ?> meta) {}

    @Override
    public void progress(Map<String, ?> progress) {}

    @Override
    public void succeed(Map<String, ?> result) {}

    @Override
    public void fail(Throwable cause) {}

    @Override
    public void fail(String errorName, @Nullable String message, @Nullable String details) {}

    @Override
    public void cancel(@Nullable String reason) {}

    @Override
    public void close() {}
}
