package io.gonkapulse.apigateway.dashboard;

import io.gonkapulse.apigateway.support.GatewayTestData;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Three nodes with 66 settled epochs of 25.7 hours. The reward of the newest epoch is unclaimed, that of one is
 * forfeited, and a fourth node was active in earlier epochs only.
 */
final class NodePageTestData {

    /** The address in the recipes of the guide. */
    static final String OWNER = "gonka1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqrk8pql";

    static final String INACTIVE = "gonka1pppppppppppppppppppppppppppppppp4lgxyz";
    static final long RUNNING_EPOCH = 77;
    static final long FORFEITED_EPOCH = 70;

    private static final Duration EPOCH = Duration.ofMinutes(1542);
    private static final int EPOCHS = 66;
    private static final BigInteger REWARD = BigInteger.valueOf(2_251_000_000_000L);
    private static final BigInteger EARLIER_REWARD = BigInteger.valueOf(2_500_000_000_000L);
    private static final int EARLIER_AFTER_DAYS = 31;
    private static final long ALL_MINUTES = (1L << 60) - 1;

    private final GatewayTestData data;
    private final Instant now;

    private NodePageTestData(GatewayTestData data, Instant now) {
        this.data = data;
        this.now = now;
    }

    static void fill(GatewayTestData data, Instant now) {
        new NodePageTestData(data, now).fill();
    }

    private void fill() {
        data.insertTracker("main", now, 1_234_567L, now.minusSeconds(6));
        UUID owner = data.node(OWNER)
                .displayName("Alpha")
                .gpuType("H200")
                .stats("jailed", now)
                .uptime("97.25")
                .weight("3965")
                .insert();
        insertFacts(owner);
        insertRewards(owner);
        for (int i = 1; i <= 6 * 24; i++) {
            data.insertHealth(owner, now.truncatedTo(ChronoUnit.HOURS).minus(i, ChronoUnit.HOURS), ALL_MINUTES, 0, 0);
        }
        insertOther("gonka1second", "2000000000000");
        insertOther("gonka1third", "1000000000000");
        UUID inactive = data.node(INACTIVE).insert();
        insertSettlement(inactive, RUNNING_EPOCH - 10, REWARD.toString(), "claimed");
        data.run("""
                insert into settlement_ranks (node_id, epoch, rank)
                select node_id, epoch, rank() over (partition by epoch order by rewarded desc)
                  from epoch_settlements
                """);
        data.run("delete from unranked_epochs");
    }

    private void insertFacts(UUID node) {
        data.run("""
                insert into node_facts
                       (node_id, epoch, observed_at, participant_status, gpu_count, models, jailed_until, inferences, missed,
                        validated, invalidated, weight_rank, weight_share, seen_minutes)
                values ('%s', %d, '%s', 'ACTIVE', 8, '{org/model-a,org/model-b}', '%s', 990, 10, 900, 33, 17, 0.125, 1430)
                """.formatted(node, RUNNING_EPOCH, now, now.plus(2, ChronoUnit.HOURS)));
        for (int i = 0; i < 40; i++) {
            data.run("insert into node_daily (node_id, day, epoch, weight) values ('%s', '%s', %d, %d)"
                    .formatted(node, day(now).minusDays(i), RUNNING_EPOCH - i, 4_000 - i));
        }
    }

    private void insertRewards(UUID node) {
        Map<LocalDate, BigInteger> days = new TreeMap<>();
        for (long epoch = RUNNING_EPOCH - EPOCHS; epoch < RUNNING_EPOCH; epoch++) {
            boolean earlier = settledAt(epoch).isBefore(now.minus(EARLIER_AFTER_DAYS, ChronoUnit.DAYS));
            BigInteger reward = earlier ? EARLIER_REWARD : REWARD;
            insertSettlement(node, epoch, reward.toString(), claimOf(epoch));
            days.merge(day(settledAt(epoch)), reward, BigInteger::add);
        }
        days.merge(day(settledAt(FORFEITED_EPOCH + 2)), REWARD.negate(), BigInteger::add);
        data.insertEarnings(node, days, "settled");
    }

    private static String claimOf(long epoch) {
        if (epoch == RUNNING_EPOCH - 1) {
            return "unclaimed";
        }
        return epoch == FORFEITED_EPOCH ? "forfeited" : "claimed";
    }

    private void insertOther(String identifier, String ngonka) {
        UUID node = data.node(identifier).stats("healthy", now).insert();
        data.insertGpuCount(node, 1, now);
        insertSettlement(node, RUNNING_EPOCH - 1, ngonka, "claimed");
    }

    private void insertSettlement(UUID node, long epoch, String ngonka, String claim) {
        String forfeitedAt = claim.equals("forfeited") ? "'" + settledAt(epoch + 2) + "'" : "null";
        data.run("""
                insert into epoch_settlements
                       (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                        settled_at, settled_height, forfeited_at, source, observed_at)
                values ('%s', %d, 0, 1000, 5, 900, 0, %s, '%s', false, '%s', %d, %s, 'one', '%s')
                """.formatted(node, epoch, ngonka, claim, settledAt(epoch), 1_000_000 + epoch, forfeitedAt, now));
    }

    /** The newest settlement was five hours ago. */
    static Instant settledAt(long epoch, Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS)
                .minus(5, ChronoUnit.HOURS)
                .minus(EPOCH.multipliedBy(RUNNING_EPOCH - 1 - epoch));
    }

    private Instant settledAt(long epoch) {
        return settledAt(epoch, now);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
