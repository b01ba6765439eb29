package io.gonkapulse.contracts.json;

import static io.gonkapulse.contracts.json.CommandCodec.CommandField.*;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerCommand.BackfillEpochs;
import io.gonkapulse.contracts.TrackerCommand.PollNow;
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
            case POLL_NOW -> new PollNow(values.text(ID), values.tracker(TRACKER), values.instant(REQUESTED_AT));
            case BACKFILL ->
                new BackfillEpochs(
                        values.text(ID),
                        values.tracker(TRACKER),
                        values.instant(REQUESTED_AT),
                        values.integer(FROM_EPOCH),
                        values.integer(TO_EPOCH));
        });
    }

    /** The fields of a command, in the order of the JSON. */
    enum CommandField implements MessageField {
        VERSION("v", MessageField.Type.INTEGER),
        KIND("kind", MessageField.Type.SHARED_TEXT),
        ID("id", MessageField.Type.TEXT),
        TRACKER("tracker", MessageField.Type.SHARED_TEXT),
        REQUESTED_AT("requestedAt", MessageField.Type.INSTANT),
        FROM_EPOCH("fromEpoch", MessageField.Type.INTEGER),
        TO_EPOCH("toEpoch", MessageField.Type.INTEGER);

        private final String jsonName;
        private final MessageField.Type type;

        CommandField(String jsonName, MessageField.Type type) {
            this.jsonName = jsonName;
            this.type = type;
        }

        @Override
        public String jsonName() {
            return jsonName;
        }

        @Override
        public MessageField.Type type() {
            return type;
        }
    }
}
