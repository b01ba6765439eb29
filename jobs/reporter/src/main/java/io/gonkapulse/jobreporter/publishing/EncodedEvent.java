package io.gonkapulse.jobreporter.publishing;

import io.gonkapulse.contracts.job.JobEventType;
import java.util.UUID;

/** An event as it is sent. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EncodedEvent(UUID jobId, JobEventType type, byte[] json) {}
