package io.gonkapulse.testkit.network.face;

import io.gonkapulse.testkit.network.answer.ActiveSetAnswers;
import io.gonkapulse.testkit.network.answer.ChainAnswers;
import io.gonkapulse.testkit.network.answer.EpochAnswers;
import io.gonkapulse.testkit.network.answer.Roster;
import io.gonkapulse.testkit.network.answer.View;
import io.gonkapulse.testkit.network.chain.Calendar;
import io.gonkapulse.testkit.network.fault.Rosters;
import io.gonkapulse.testkit.network.http.Request;
import io.gonkapulse.testkit.network.model.NetworkModel;
import io.gonkapulse.testkit.network.quirk.Quirk;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths of a chain node: its own API here, the chain's state and its consensus engine behind. */
final class NodeSite implements Site {

    private static final Pattern ACTIVE_SET = Pattern.compile("/v1/epochs/(current|[0-9]{1,12})/participants");

    private final NetworkModel model;
    private final Calendar calendar;
    private final Views views;
    private final ActiveSetAnswers activeSets;
    private final EpochAnswers epochs;
    private final ChainState chainState;
    private final ConsensusRpc consensus;
    private final ChainAnswers errors;

    NodeSite(NetworkModel model, Views views) {
        this.model = model;
        this.calendar = model.calendar();
        this.views = views;
        this.activeSets = new ActiveSetAnswers(model);
        this.epochs = new EpochAnswers(calendar);
        this.errors = new ChainAnswers(model);
        this.chainState = new ChainState(model, views, errors);
        this.consensus = new ConsensusRpc(model);
    }

    @Override
    public Reply reply(Request request, Set<Quirk> quirks) {
        View now = views.ofNode(quirks);
        Matcher activeSet = ACTIVE_SET.matcher(request.path());
        if (activeSet.matches()) {
            return activeSet(activeSet.group(1), now, quirks);
        }
        if (request.path().equals("/v1/epochs/latest")) {
            return Reply.ok(Route.LATEST_EPOCH, out -> epochs.latest(now.height(), out));
        }
        if (request.path().startsWith(ChainState.PREFIX)) {
            return chainState.reply(request, now, quirks);
        }
        return request.path().startsWith(ConsensusRpc.PREFIX)
                ? consensus.reply(request, now, quirks)
                : Reply.error(Route.UNKNOWN, 404, out -> errors.error(12, "Not Implemented", out));
    }

    /** The set of an epoch is known from the end of its proof of compute on. */
    private Reply activeSet(String which, View now, Set<Quirk> quirks) {
        long epoch = which.equals("current") ? now.epoch() : Long.parseLong(which);
        boolean known = epoch >= 1 && calendar.stages(epoch).pocValidationEnd() <= now.height();
        if (!known) {
            return Reply.error(
                    Route.ACTIVE_SET, 404, out -> errors.error(5, "active participants not found for epoch", out));
        }
        View view = views.past(epoch, now.height(), now.cachedAt());
        Roster roster = Rosters.spoil(Roster.activeSet(model), calendar, quirks);
        return Reply.ok(Route.ACTIVE_SET, out -> activeSets.participants(view, roster, out));
    }

    /** How far back a node with these quirks can look. */
    static long earliest(NetworkModel model, View now, Set<Quirk> quirks) {
        return quirks.contains(Quirk.PRUNED_HEIGHTS)
                ? now.height()
                : Math.max(1, now.height() - model.plan().keptBlocks());
    }

    /** The height that a request names, if it names a number. */
    static Optional<Long> height(Optional<String> text) {
        return text.flatMap(Numbers::parse);
    }
}
