package io.gonkapulse.testkit.network.face;

import io.gonkapulse.testkit.network.answer.ChainAnswers;
import io.gonkapulse.testkit.network.answer.Roster;
import io.gonkapulse.testkit.network.answer.View;
import io.gonkapulse.testkit.network.fault.RewardReadings;
import io.gonkapulse.testkit.network.fault.Rosters;
import io.gonkapulse.testkit.network.http.Request;
import io.gonkapulse.testkit.network.model.NetworkModel;
import io.gonkapulse.testkit.network.model.Settlement;
import io.gonkapulse.testkit.network.quirk.Quirk;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Queries of the chain's state, as of the height in a header, which the answer repeats. */
final class ChainState {

    static final String PREFIX = "/chain-api/productscience/inference/inference/";

    private static final Pattern SUMMARY = Pattern.compile(PREFIX + "epoch_performance_summary/([0-9]{1,12})/(\\w+)");
    private static final Pattern HARDWARE = Pattern.compile(PREFIX + "hardware_nodes/(\\w+)");
    private static final int USUAL_LIMIT = 100;
    private static final int INVALID_ARGUMENT = 3;
    private static final int NOT_FOUND = 5;

    private final NetworkModel model;
    private final Views views;
    private final ChainAnswers answers;

    ChainState(NetworkModel model, Views views, ChainAnswers answers) {
        this.model = model;
        this.views = views;
        this.answers = answers;
    }

    Reply reply(Request request, View now, Set<Quirk> quirks) {
        Route route = route(request.path());
        long height = NodeSite.height(request.header("x-cosmos-block-height")).orElse(now.height());
        if (height > now.height()) {
            return error(
                    route,
                    400,
                    INVALID_ARGUMENT,
                    "cannot query with height in the future; please provide a valid height: invalid height");
        }
        if (height < NodeSite.earliest(model, now, quirks)) {
            return error(
                    route,
                    400,
                    INVALID_ARGUMENT,
                    "failed to load state at height " + height + "; version does not exist (latest height: "
                            + now.height() + "): invalid request");
        }
        return reply(route, request, views.current(height, now.cachedAt()), quirks)
                .with("Grpc-Metadata-X-Cosmos-Block-Height", Long.toString(height));
    }

    private Reply reply(Route route, Request request, View view, Set<Quirk> quirks) {
        return switch (route) {
            case CHAIN_PARTICIPANTS -> participants(request, view, quirks);
            case PERFORMANCE_SUMMARY -> summary(request, view, quirks);
            case HARDWARE_NODES -> hardware(request, view);
            default -> error(Route.UNKNOWN, 501, 12, "Not Implemented");
        };
    }

    private Reply participants(Request request, View view, Set<Quirk> quirks) {
        Roster everybody = (as, visitor) -> model.everybody().forEach(participant -> visitor.visit(participant, as));
        Roster roster = Rosters.spoil(everybody, model.calendar(), quirks);
        int limit = request.parameter("pagination.limit")
                .flatMap(Numbers::parse)
                .map(Math::toIntExact)
                .orElse(USUAL_LIMIT);
        int from = request.parameter("pagination.key").map(ChainAnswers::rowOf).orElse(0);
        return Reply.ok(Route.CHAIN_PARTICIPANTS, out -> answers.participants(view, roster, from, limit, out));
    }

    private Reply summary(Request request, View view, Set<Quirk> quirks) {
        Matcher path = SUMMARY.matcher(request.path());
        OptionalInt number = path.matches() ? model.find(path.group(2)) : OptionalInt.empty();
        Optional<Settlement> settlement = number.isPresent()
                ? model.settlement(number.getAsInt(), Long.parseLong(path.group(1)), view.height())
                : Optional.empty();
        if (settlement.isEmpty()) {
            return error(Route.PERFORMANCE_SUMMARY, 404, NOT_FOUND, "not found");
        }
        Settlement read = RewardReadings.spoil(model.calendar(), quirks).read(settlement.get(), view.height());
        return Reply.ok(Route.PERFORMANCE_SUMMARY, out -> answers.performanceSummary(number.getAsInt(), read, out));
    }

    private Reply hardware(Request request, View view) {
        Matcher path = HARDWARE.matcher(request.path());
        OptionalInt number = path.matches() ? model.find(path.group(1)) : OptionalInt.empty();
        return number.isPresent()
                ? Reply.ok(Route.HARDWARE_NODES, out -> answers.hardwareNodes(number.getAsInt(), view.epoch(), out))
                : error(Route.HARDWARE_NODES, 404, NOT_FOUND, "not found");
    }

    private static Route route(String path) {
        if (path.equals(PREFIX + "participant")) {
            return Route.CHAIN_PARTICIPANTS;
        }
        if (path.startsWith(PREFIX + "epoch_performance_summary/")) {
            return Route.PERFORMANCE_SUMMARY;
        }
        return path.startsWith(PREFIX + "hardware_nodes/") ? Route.HARDWARE_NODES : Route.UNKNOWN;
    }

    private Reply error(Route route, int status, int code, String message) {
        return Reply.error(route, status, out -> answers.error(code, message, out));
    }
}
