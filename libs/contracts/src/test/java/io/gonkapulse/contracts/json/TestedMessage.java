package io.gonkapulse.contracts.json;

import java.util.List;
import java.util.function.Function;

/** The codecs under test, each with its messages, its fields and its schema. */
@SuppressWarnings("ImmutableEnumChecker") // codecs and lists are immutable, but not annotated
enum TestedMessage {
    LIVE_SNAPSHOT("tracker.snapshots", new SnapshotCodec(), RandomMessages::live, SnapshotField.values()),
    SETTLED_SNAPSHOT("tracker.snapshots", new SnapshotCodec(), RandomMessages::settled, SnapshotField.values()),
    POLL("tracker.polls", new PollCodec(), RandomMessages::poll, PollCodec.PollField.values()),
    COMMAND("tracker.commands", new CommandCodec(), RandomMessages::command, CommandCodec.CommandField.values()),
    JOB_EVENT("job.events", new JobEventCodec(), RandomMessages::jobEvent, JobEventField.values());

    final String topic;
    final List<? extends MessageField> fields;
    private final TestedCodec<?> tested;

    <T> TestedMessage(
            String topic, MessageCodec<T> codec, Function<RandomMessages, ? extends T> message, MessageField[] fields) {
        this.topic = topic;
        this.tested = new TestedCodec<T>(codec, message);
        this.fields = List.of(fields);
    }

    byte[] encodeAny(RandomMessages random) {
        return tested.encodeAny(random);
    }

    Object decode(byte[] json) {
        return tested.codec().decode(json);
    }

    /** Decodes and encodes a message. */
    byte[] rewrite(byte[] json) {
        return tested.rewrite(json);
    }

    boolean roundTrips(RandomMessages random) {
        return tested.roundTrips(random);
    }

    private record TestedCodec<T>(MessageCodec<T> codec, Function<RandomMessages, ? extends T> message) {

        byte[] rewrite(byte[] json) {
            return codec.encode(codec.decode(json));
        }

        byte[] encodeAny(RandomMessages random) {
            return codec.encode(message.apply(random));
        }

        boolean roundTrips(RandomMessages random) {
            T sent = message.apply(random);
            return codec.decode(codec.encode(sent)).equals(sent);
        }
    }
}
