package io.gonkapulse.contracts.json;

import io.gonkapulse.contracts.ClaimState;
import io.gonkapulse.contracts.LiveSnapshot;
import io.gonkapulse.contracts.MessageLimits;
import io.gonkapulse.contracts.NetworkFacts;
import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeCounters;
import io.gonkapulse.contracts.NodeFacts;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.NodeStatus;
import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.SettledSnapshot;
import io.gonkapulse.contracts.Settlement;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.contracts.SnapshotOrigin;
import io.gonkapulse.contracts.TrackerCommand;
import io.gonkapulse.contracts.TrackerName;
import io.gonkapulse.contracts.job.JobEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Random valid messages, including unusual ones; the same for the same seed. */
final class RandomMessages {

    private final Random random;
    private final boolean plain;

    RandomMessages(long seed) {
        this(seed, false);
    }

    private RandomMessages(long seed, boolean plain) {
        this.random = new Random(seed);
        this.plain = plain;
    }

    /** Only ordinary messages. */
    static RandomMessages plain(long seed) {
        return new RandomMessages(seed, true);
    }

    Snapshot snapshot() {
        return random.nextBoolean() ? live() : settled();
    }

    LiveSnapshot live() {
        return new LiveSnapshot(node(), epoch(), origin(), counters(), oneOf(NodeStatus.values()), facts());
    }

    SettledSnapshot settled() {
        ClaimState claim = oneOf(ClaimState.values());
        return new SettledSnapshot(
                node(),
                epoch(),
                origin(),
                counters(),
                new Settlement(
                        amount(),
                        claim,
                        random.nextBoolean(),
                        instant(),
                        maybe(this::integer),
                        claim == ClaimState.FORFEITED ? instant() : null));
    }

    Poll poll() {
        return new Poll(
                tracker(),
                text(),
                "gonka-tracker",
                oneOf(Poll.Purpose.values()),
                text(),
                maybe(this::text),
                Duration.ofMillis(random.nextInt(1_000_000)),
                instant(),
                new Poll.Stages(Duration.ofMillis(random.nextInt(10_000)), Duration.ZERO, Duration.ofDays(1)),
                oneOf(Poll.Outcome.values()),
                maybe(this::text),
                new Poll.Counts(integer(), random.nextBoolean() ? Map.of() : Map.of(text(), integer(), "jailed", 0L)),
                new NetworkFacts(
                        maybe(this::epoch),
                        maybe(this::integer),
                        maybe(this::instant),
                        maybe(this::text),
                        maybe(random::nextBoolean),
                        maybe(this::decimal),
                        maybe(this::integer)));
    }

    TrackerCommand command() {
        long from = random.nextInt(1_000);
        return random.nextBoolean()
                ? new TrackerCommand.PollNow(text(), tracker(), instant())
                : new TrackerCommand.BackfillEpochs(text(), tracker(), instant(), from, from + random.nextInt(2));
    }

    JobEvent jobEvent() {
        return new RandomJobEvents(random).event();
    }

    private NodeIdentifier node() {
        byte[] account = new byte[20];
        random.nextBytes(account);
        return NodeIdentifier.wallet(account);
    }

    private SnapshotOrigin origin() {
        return new SnapshotOrigin(tracker(), text(), instant(), instant(), maybe(this::integer));
    }

    private NodeCounters counters() {
        return new NodeCounters(amount(), count(), count(), count(), count());
    }

    private NodeFacts facts() {
        return new NodeFacts(
                maybe(this::text),
                maybe(() -> upTo(MessageLimits.MAX_WEIGHT)),
                models(),
                maybe(this::text),
                maybe(this::text),
                maybe(this::integer),
                maybe(this::decimal),
                maybe(this::instant));
    }

    private List<String> models() {
        return Stream.generate(this::text)
                .limit(plain ? random.nextInt(4) : oneOf(0, 1, 2, MessageLimits.MAX_MODELS))
                .toList();
    }

    private TrackerName tracker() {
        return new TrackerName(oneOf("hyperfusion", "node-1", "0", "a.b_c-d"));
    }

    private Ngonka amount() {
        Ngonka amount = new Ngonka(new BigInteger(plain ? 59 : oneOf(0, 1, 31, 58, 59), random));
        return !plain && random.nextInt(10) == 0 ? MessageLimits.MAX_AMOUNT : amount;
    }

    private long epoch() {
        return upTo(MessageLimits.MAX_EPOCH);
    }

    private long count() {
        return upTo(MessageLimits.MAX_COUNT);
    }

    private long upTo(long max) {
        return plain ? random.nextInt(1 << 20) : oneOf(0L, 1L, random.nextLong(max), max);
    }

    private long integer() {
        return plain
                ? random.nextInt(1 << 20)
                : oneOf(0L, 1L, (long) random.nextInt(), random.nextLong(), Long.MAX_VALUE) & Long.MAX_VALUE;
    }

    private @Nullable BigDecimal decimal() {
        return plain ? null : BigDecimal.valueOf(random.nextInt(1_000_000), oneOf(-2, 0, 2, 5));
    }

    private Instant instant() {
        long second = random.nextLong(Instant.parse("2000-01-01T00:00:00Z").getEpochSecond(), 4_102_444_800L);
        return Instant.ofEpochSecond(
                second, oneOf(0, 1, 999_999_999, 500_000_000, 1_000_000, 120_000, random.nextInt(1_000_000_000)));
    }

    private String text() {
        return plain
                ? "H" + random.nextInt(100)
                : oneOf("", "Qwen/Qwen3-32B-FP8", "a \"quoted\" \\ name\n\t\u0000", "ünï 漢字 🚀", "x".repeat(50));
    }

    private <T> @Nullable T maybe(Supplier<? extends @Nullable T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }
}
