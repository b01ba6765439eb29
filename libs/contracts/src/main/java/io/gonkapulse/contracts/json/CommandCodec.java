package io.gonkapulse.contracts.json;

import static io.gonkapulse.contracts.json.CommandField.*;

import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerCommand.Backfill;
import io.gonkapulse.contracts.TrackerCommand.PollNow;
import io.gonkapulse.contracts.TrackerName;
import tools.jackson.core.json.JsonFactory;

/** Orders are rare; they share the form of the others. */
public final class CommandCodec implements Codec<TrackerCommand> {

    private enum Kind {
        POLL_NOW,
        BACKFILL
    }

    private final JsonFactory factory = new JsonFactory();
    private final FieldReader reader = new FieldReader(factory, CommandField.values());

    @Override
    public byte[] encode(TrackerCommand command) {
        return FieldWriter.write(factory, json -> {
            json.version(VERSION)
                    .word(KIND, command instanceof Backfill ? Kind.BACKFILL : Kind.POLL_NOW)
                    .text(ID, command.id())
                    .text(TRACKER, command.tracker())
                    .instant(REQUESTED_AT, command.requestedAt());
            if (command instanceof Backfill backfill) {
                json.whole(FROM_EPOCH, backfill.fromEpoch()).whole(TO_EPOCH, backfill.toEpoch());
            }
        });
    }

    @Override
    public TrackerCommand decode(byte[] json) {
        FieldValues values = reader.read(json);
        return MessageParts.build(() -> switch (values.word(KIND, Kind.class)) {
            case POLL_NOW -> new PollNow(values.text(ID), tracker(values), values.instant(REQUESTED_AT));
            case BACKFILL ->
                new Backfill(
                        values.text(ID),
                        tracker(values),
                        values.instant(REQUESTED_AT),
                        values.whole(FROM_EPOCH),
                        values.whole(TO_EPOCH));
        });
    }

    private static TrackerName tracker(FieldValues values) {
        return new TrackerName(values.text(TRACKER));
    }
}
