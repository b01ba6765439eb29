package io.gonkapulse.apigateway.dashboard;

import io.gonkapulse.apigateway.support.GatewayTestData;
import io.gonkapulse.contracts.NodeIdentifier;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Sixty nodes, of which every tenth is jailed and one has a name and a history. Two trackers, of which one is silent.
 */
final class DashboardTestData {

    static final String NAMED = "gonka1node060";
    /** More digits than a double can represent. */
    static final String LARGEST_NGONKA = "12345678901234567891";

    /** The addresses of the nodes of {@link #fillWatched}. */
    static final List<String> WATCHED = walletAddresses(20);
    /** The sums of these nodes, as the tooltips show them. */
    static final String WATCHED_TODAY = "210.000000020 GNK";

    static final String WATCHED_UNCLAIMED = "2,251.000000000 GNK";

    private static final int NODES = 60;
    private static final int DAYS = 40;
    private static final long ALL_MINUTES = (1L << 60) - 1;

    private DashboardTestData() {}

    static void fill(GatewayTestData data, Instant now) {
        data.insertTracker("main", now, 1_234_567L, now.minusSeconds(6));
        data.run("update trackers set next_epoch_height = 1236567");
        data.insertTracker("second", now.minus(15, ChronoUnit.DAYS));
        data.run("update trackers set outcome = 'failed', error = 'connect timed out', last_poll_at = now()"
                + " where name = 'second'");
        data.insertPoll("main", now.minusSeconds(60), "ok", 300);
        data.insertPoll("second", now.minusSeconds(60), "failed", 2_000);
        for (int i = 1; i < NODES; i++) {
            data.node("gonka1node%03d".formatted(i))
                    .gpuType(i % 2 == 0 ? "H100" : "A100")
                    .region("Tokyo")
                    .stats(i % 10 == 0 ? "jailed" : "healthy", now)
                    .model("org/model-a-235B-A22B-Instruct-2507-FP8")
                    .earningsDay("1.5")
                    .uptime("99.5")
                    .weight("" + i)
                    .insert();
        }
        data.run("update nodes set display_name = 'https://inference-node-49.example.org:8000',"
                + " gpu_type = 'NVIDIA H100 80GB HBM3' where identifier = 'gonka1node049'");
        UUID named = data.node(NAMED)
                .displayName("Alpha")
                .gpuType("H200")
                .region("Oslo")
                .stats("healthy", now)
                .model("org/model-b")
                .earningsDay("0.00000012")
                .uptime("97.25")
                .weight("60")
                .insert();
        insertHistory(data, named, now);
    }

    /**
     * Twenty nodes: the second is jailed, the third unhealthy, and the first has a reward of epoch 76 to claim. Epochs
     * 75 and 76 are settled.
     */
    static void fillWatched(GatewayTestData data, Instant now) {
        for (int i = 1; i <= WATCHED.size(); i++) {
            data.node(WATCHED.get(i - 1))
                    .displayName("Owner " + i)
                    .gpuType("H100")
                    .stats(i == 2 ? "jailed" : i == 3 ? "unhealthy" : "healthy", now)
                    .earningsDay("" + i)
                    .earningsDate(LocalDate.ofInstant(now, ZoneOffset.UTC))
                    .weight("" + (1_000 + i))
                    .insert();
        }
        data.run("""
                update node_stats_cache
                   set earnings_day_ngonka = earnings_day * 1000000000 + 1,
                       earnings_total_ngonka = earnings_total * 1000000000
                 where node_id in (select id from nodes where display_name like 'Owner %')
                """);
        insertSettlement(data, 75, "claimed", 120);
        insertSettlement(data, 76, "unclaimed", 60);
    }

    private static void insertSettlement(GatewayTestData data, int epoch, String claim, int minutesAgo) {
        data.run("""
                insert into epoch_settlements
                       (node_id, epoch, earned, inferences, missed, validated, invalidated, rewarded, claim, approximate,
                        settled_at, settled_height, observed_at)
                select id, %d, 0, 100, 1, 90, 0, 2251000000000, '%s', false, now() - interval '%d minutes', 1000, now()
                  from nodes
                 where display_name = 'Owner 1'
                """.formatted(epoch, claim, minutesAgo));
    }

    static List<String> walletAddresses(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(DashboardTestData::walletAddress)
                .toList();
    }

    static String walletAddress(int number) {
        byte[] account = new byte[20];
        account[19] = (byte) number;
        return NodeIdentifier.wallet(account).value();
    }

    private static void insertHistory(GatewayTestData data, UUID node, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Map<LocalDate, BigInteger> days = new LinkedHashMap<>();
        for (int i = 2; i < DAYS; i++) {
            days.put(today.minusDays(i), BigInteger.valueOf(i * 1_000_000_007L));
        }
        data.insertEarnings(node, days, "settled");
        data.insertEarnings(node, today.minusDays(1), LARGEST_NGONKA, "settled");
        data.insertEarnings(node, today, "125", "provisional");
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        for (int i = 1; i <= 6 * 24; i++) {
            data.insertHealth(
                    node, hour.minus(i, ChronoUnit.HOURS), ALL_MINUTES, i == 20 ? 0xFFFL : 0, i == 30 ? 0xFFFL : 0);
        }
    }
}
