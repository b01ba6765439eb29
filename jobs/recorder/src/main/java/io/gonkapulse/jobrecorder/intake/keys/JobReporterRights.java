package io.gonkapulse.jobrecorder.intake.keys;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The bots that a client may report for. */
public record JobReporterRights(Set<BotPattern> bots) {

    /** The rights of a client on this machine, if those need no key. */
    public static final JobReporterRights ALL = new JobReporterRights(Set.of(new BotPattern("*")));

    public JobReporterRights {
        bots = Set.copyOf(bots);
    }

    /**
     * Whether the client may report an event. An event without a bot could be of any job, so only a client of all bots
     * may report it.
     */
    public boolean allow(@Nullable String botId) {
        return botId == null
                ? bots.stream().anyMatch(BotPattern::matchesAll)
                : bots.stream().anyMatch(pattern -> pattern.matches(botId));
    }

    /** The patterns in alphabetical order. */
    @Override
    public String toString() {
        return bots.stream().sorted().map(BotPattern::text).collect(Collectors.joining(", "));
    }
}
