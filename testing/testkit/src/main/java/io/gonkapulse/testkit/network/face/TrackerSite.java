package io.gonkapulse.testkit.network.face;

import io.gonkapulse.testkit.network.answer.Roster;
import io.gonkapulse.testkit.network.answer.TrackerAnswers;
import io.gonkapulse.testkit.network.answer.View;
import io.gonkapulse.testkit.network.fault.RewardReadings;
import io.gonkapulse.testkit.network.fault.Rosters;
import io.gonkapulse.testkit.network.http.Request;
import io.gonkapulse.testkit.network.model.NetworkModel;
import io.gonkapulse.testkit.network.quirk.Quirk;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The paths of a tracker's REST API, with its ways of saying no. */
final class TrackerSite implements Site {

    private final NetworkModel model;
    private final Views views;
    private final TrackerAnswers answers;
    private final String prefix;

    TrackerSite(NetworkModel model, Views views, String prefix) {
        this.model = model;
        this.views = views;
        this.answers = new TrackerAnswers(model);
        this.prefix = prefix;
    }

    @Override
    public Reply reply(Request request, Set<Quirk> quirks) {
        if (!request.path().startsWith(prefix + "/")) {
            return error(Route.UNKNOWN, 404, "Not Found");
        }
        String path = request.path().substring(prefix.length() + 1);
        if (path.equals("hello")) {
            return Reply.ok(Route.HELLO, answers::hello);
        }
        if (path.equals("inference/current")) {
            return current(quirks);
        }
        if (path.startsWith("inference/epochs/")) {
            return past(path.substring("inference/epochs/".length()), request, quirks);
        }
        return path.startsWith("participants/")
                ? participant(path.substring("participants/".length()), request, quirks)
                : error(Route.UNKNOWN, 404, "Not Found");
    }

    private Reply current(Set<Quirk> quirks) {
        View view = views.ofTracker(quirks);
        if (quirks.contains(Quirk.OLDEST_ROW_FIRST)) {
            View oldest = Rosters.oldestRow(view, model.calendar());
            Roster rows = Rosters.storedRows(roster(quirks), model.calendar());
            return Reply.ok(Route.CURRENT_EPOCH, out -> answers.stored(oldest, rows, out));
        }
        return Reply.ok(Route.CURRENT_EPOCH, out -> answers.current(view, roster(quirks), out));
    }

    private Reply past(String id, Request request, Set<Quirk> quirks) {
        Optional<Long> epoch = Numbers.parse(id);
        if (epoch.isEmpty()) {
            return error(Route.PAST_EPOCH, 422, "Input should be a valid integer");
        }
        if (epoch.get() < 1) {
            return error(Route.PAST_EPOCH, 400, "Invalid epoch ID");
        }
        Optional<Long> asked = request.parameter("height").flatMap(Numbers::parse);
        if (request.parameter("height").isPresent()
                && asked.filter(height -> height >= 1).isEmpty()) {
            return error(Route.PAST_EPOCH, 400, "Invalid height");
        }
        return past(epoch.get(), asked, quirks);
    }

    private Reply past(long epoch, Optional<Long> asked, Set<Quirk> quirks) {
        View now = views.ofTracker(quirks);
        if (epoch > now.epoch()) {
            return error(
                    Route.PAST_EPOCH,
                    500,
                    "Failed to fetch epoch " + epoch + " stats: All URLs failed. Last error: 404 Not Found");
        }
        long start = model.calendar().stages(epoch).pocValidationEnd() + 2;
        if (asked.filter(height -> height < start).isPresent()) {
            return error(
                    Route.PAST_EPOCH,
                    400,
                    "Height " + asked.get() + " is before epoch " + epoch + " start (effective height: " + start
                            + "). No data exists for this epoch at this height.");
        }
        View view = views.past(epoch, Math.min(asked.orElse(Long.MAX_VALUE), lastHeight(epoch, now)), now.cachedAt());
        return Reply.ok(Route.PAST_EPOCH, out -> answers.past(view, roster(quirks), out));
    }

    private Reply participant(String address, Request request, Set<Quirk> quirks) {
        Optional<Long> epoch = request.parameter("epoch_id").flatMap(Numbers::parse);
        if (epoch.isEmpty()) {
            return error(Route.PARTICIPANT, 422, "Field required: epoch_id");
        }
        if (epoch.get() < 1) {
            return error(Route.PARTICIPANT, 400, "Invalid epoch ID");
        }
        View now = views.ofTracker(quirks);
        OptionalInt number = model.find(address);
        if (number.isEmpty() || epoch.get() > now.epoch() || !model.isMember(number.getAsInt(), epoch.get())) {
            return error(Route.PARTICIPANT, 404, "Participant " + address + " not found in epoch " + epoch.get());
        }
        View view = views.past(epoch.get(), lastHeight(epoch.get(), now), now.cachedAt());
        return Reply.ok(
                Route.PARTICIPANT,
                out -> answers.participant(
                        number.getAsInt(), view, now.height(), RewardReadings.spoil(model.calendar(), quirks), out));
    }

    private long lastHeight(long epoch, View now) {
        return epoch == now.epoch() ? now.height() : Math.min(now.height(), views.lastHeight(epoch));
    }

    private Roster roster(Set<Quirk> quirks) {
        return Rosters.spoil(Roster.activeSet(model), model.calendar(), quirks);
    }

    private Reply error(Route route, int status, String detail) {
        return Reply.error(route, status, out -> answers.error(detail, out));
    }
}
