package io.gonkapulse.apigateway.earnings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gonkapulse.apigateway.earnings.EarningsQuery.Bucket;
import io.gonkapulse.apigateway.earnings.EarningsRepository.EarningsRange;
import io.gonkapulse.apigateway.epochs.EpochCalendar;
import io.gonkapulse.apigateway.epochs.RewardDays.RewardSum;
import io.gonkapulse.apigateway.http.AmountFormatter;
import io.gonkapulse.apigateway.http.BucketDays;
import io.gonkapulse.apigateway.http.CsvWriter;
import io.gonkapulse.apigateway.http.DayRange;
import io.gonkapulse.contracts.Ngonka;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The response body of the earnings routes.
 *
 * @param identifier omitted for the sum over all nodes
 * @param historyStart the first day of the history, in the range or not; null without a history
 */
record EarningsResponse(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String identifier,
        String interval,
        LocalDate from,
        LocalDate to,
        @Nullable LocalDate historyStart,
        String total,
        String totalNgonka,
        String unclaimedNgonka,
        String forfeitedNgonka,
        List<Item> items) {

    static EarningsResponse of(EarningsQuery query, EarningsRange found) {
        List<Bucket> buckets = selectBuckets(query, found);
        Ngonka total = buckets.stream().map(Bucket::earnings).reduce(Ngonka.ZERO, Ngonka::plus);
        RewardSum rewards =
                found.rewards().sum(query.range().from(), query.range().to());
        return new EarningsResponse(
                query.identifier(),
                query.interval().apiName(),
                query.range().from(),
                query.range().to(),
                found.historyStart(),
                AmountFormatter.formatGnk(total),
                total.toString(),
                rewards.unclaimed().toString(),
                rewards.forfeited().toString(),
                buckets.stream().map(bucket -> Item.of(bucket, query, found)).toList());
    }

    /**
     * Returns the buckets that have earnings, or unclaimed or forfeited rewards. With {@code fill} also the others, but
     * none before the history begins and none in the future: nothing is known about them.
     */
    private static List<Bucket> selectBuckets(EarningsQuery query, EarningsRange found) {
        boolean ofNetwork = query.identifier() == null;
        TreeMap<LocalDate, Bucket> selected = new TreeMap<>();
        Stream<LocalDate> rewardDays =
                found.rewards().days(query.range().from(), query.range().to()).stream();
        Stream<LocalDate> filled = query.fill()
                ? query.range().daysWithHistory(found.historyStart(), query.today()).stream()
                        .flatMap(query.interval()::startDates)
                : Stream.of();
        Stream.concat(rewardDays.map(query.interval()::startDate), filled)
                .forEach(date -> selected.put(date, Bucket.empty(date, ofNetwork)));
        found.buckets().stream()
                .filter(bucket -> bucket.hasEarnings() || selected.containsKey(bucket.date()))
                .forEach(bucket -> selected.put(bucket.date(), bucket));
        return List.copyOf(selected.values());
    }

    String toCsv() {
        boolean ofNetwork = identifier == null;
        CsvWriter<Item> csv = new CsvWriter<Item>()
                .column("date", Item::date)
                .column("earningsGnk", Item::earningsGnk)
                .column("earningsNgonka", Item::earningsNgonka)
                .column("source", Item::source)
                .column("state", Item::state);
        if (ofNetwork) {
            csv.column("nodes", Item::nodes);
        }
        return csv.column("from", Item::from)
                .column("to", Item::to)
                .column("complete", Item::complete)
                .column("unclaimedNgonka", Item::unclaimedNgonka)
                .column("forfeitedNgonka", Item::forfeitedNgonka)
                .column("reason", Item::reason)
                .column("sources", item -> String.join(" ", item.sources()))
                .write(items);
    }

    /**
     * One bucket of the response.
     *
     * @param from the first day that can have data
     * @param to the last day that can have data
     * @param complete whether all days of the bucket are over, in the range and in the history
     * @param source null if there are several
     * @param state provisional while a reward is unclaimed, whatever the stored state is
     * @param reason why the bucket is provisional or empty; null if there is nothing to explain
     * @param nodes omitted for a single node
     */
    record Item(
            LocalDate date,
            LocalDate from,
            LocalDate to,
            boolean complete,
            String earningsGnk,
            String earningsNgonka,
            String unclaimedNgonka,
            String forfeitedNgonka,
            EpochCalendar.@Nullable Deadline claimBefore,
            @Nullable String source,
            List<String> sources,
            @Nullable String state,
            @Nullable String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long nodes) {

        private static Item of(Bucket bucket, EarningsQuery query, EarningsRange found) {
            DayRange range = query.range();
            BucketDays days =
                    BucketDays.of(bucket.date(), query.interval(), range, found.historyStart(), query.today());
            LocalDate last = query.interval().endDate(bucket.date());
            RewardSum rewards = found.rewards()
                    .sum(
                            bucket.date().isBefore(range.from()) ? range.from() : bucket.date(),
                            last.isAfter(range.to()) ? range.to() : last);
            return new Item(
                    days.date(),
                    days.from(),
                    days.to(),
                    days.complete(),
                    AmountFormatter.formatGnk(bucket.earnings()),
                    bucket.earnings().toString(),
                    rewards.unclaimed().toString(),
                    rewards.forfeited().toString(),
                    found.calendar().claimBefore(rewards.unclaimedEpoch()),
                    bucket.sources().size() == 1 ? bucket.sources().get(0) : null,
                    bucket.sources(),
                    rewards.isUnclaimed() ? "provisional" : bucket.state(),
                    reasonOf(bucket, query, found, rewards),
                    bucket.nodes());
        }

        /** A week or a month is not without a settlement because its first day is. */
        private static @Nullable String reasonOf(
                Bucket bucket, EarningsQuery query, EarningsRange found, RewardSum rewards) {
            String reason = found.calendar().reason(bucket.date(), rewards);
            return query.interval() == DayRange.Interval.DAY || rewards.isUnclaimed() ? reason : null;
        }
    }
}
