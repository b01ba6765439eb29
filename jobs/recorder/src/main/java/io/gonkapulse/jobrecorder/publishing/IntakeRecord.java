package io.gonkapulse.jobrecorder.publishing;

import java.util.UUID;

/** A checked event as Kafka will store it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record IntakeRecord(UUID jobId, byte[] json) {}
