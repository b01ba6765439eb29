package io.gonkapulse.trackerpoller.source;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.OutOfBoundsException;
import io.gonkapulse.trackerpoller.source.json.Entry;
import io.gonkapulse.trackerpoller.source.json.MalformedException;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes participants of entries, each for itself. */
public final class Entries {

    /** Longer than any address, so that nothing is cut into one. */
    private static final int LONGEST_ADDRESS = 200;

    private Entries() {}

    /** The node that an entry is about, if it names one. */
    public static Optional<NodeIdentifier> node(Entry entry) {
        try {
            String address = entry.text("index", LONGEST_ADDRESS);
            return address == null ? Optional.empty() : Optional.of(NodeIdentifier.parse(address));
        } catch (IllegalArgumentException | MalformedException e) {
            return Optional.empty();
        }
    }

    /** Hands on what {@code reading} makes of an entry, or why it makes nothing of it. */
    public static void handOn(
            Entry entry, ParticipantSink sink, BiFunction<NodeIdentifier, Entry, Participant> reading) {
        Participant participant;
        try {
            entry.requireSound();
            Optional<NodeIdentifier> node = node(entry);
            if (node.isEmpty()) {
                sink.skipped(Skip.BAD_IDENTIFIER);
                return;
            }
            participant = reading.apply(node.get(), entry);
        } catch (OutOfBoundsException e) {
            sink.skipped(Skip.OUT_OF_BOUNDS);
            return;
        } catch (MalformedException e) {
            sink.skipped(Skip.MALFORMED);
            return;
        }
        sink.participant(participant);
    }
}
