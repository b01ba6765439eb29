package io.gonkapulse.contracts.json;

import static io.gonkapulse.contracts.json.CommandField.*;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerCommand.BackfillEpochs;
import io.gonkapulse.contracts.TrackerCommand.PollNow;
import io.gonkapulse.contracts.TrackerName;
import tools.jackson.core.json.JsonFactory;

/** Encodes and decodes commands. Commands are rare, so there is no fast path. */
public final class CommandCodec implements MessageCodec<TrackerCommand> {

    private enum CommandKind {
        POLL_NOW,
        BACKFILL
    }

    private final JsonFactory factory = new JsonFactory();
    private final JsonFieldReader reader = new JsonFieldReader(factory, CommandField.values());

    @Override
    public byte[] encode(TrackerCommand command) {
        return JsonFieldWriter.write(factory, json -> {
            json.version(VERSION)
                    .enumValue(KIND, command instanceof BackfillEpochs ? CommandKind.BACKFILL : CommandKind.POLL_NOW)
                    .text(ID, command.id())
                    .text(TRACKER, command.tracker())
                    .instant(REQUESTED_AT, command.requestedAt());
            if (command instanceof BackfillEpochs backfill) {
                json.integer(FROM_EPOCH, backfill.fromEpoch()).integer(TO_EPOCH, backfill.toEpoch());
            }
        });
    }

    @Override
    public TrackerCommand decode(byte[] json) {
        FieldValues values = reader.read(json);
        return UndecodableMessageException.translate(() -> switch (values.enumValue(KIND, CommandKind.class)) {
            case POLL_NOW -> new PollNow(values.text(ID), tracker(values), values.instant(REQUESTED_AT));
            case BACKFILL ->
                new BackfillEpochs(
                        values.text(ID),
                        tracker(values),
                        values.instant(REQUESTED_AT),
                        values.integer(FROM_EPOCH),
                        values.integer(TO_EPOCH));
        });
    }

    private static TrackerName tracker(FieldValues values) {
        return new TrackerName(values.text(TRACKER));
    }
}
