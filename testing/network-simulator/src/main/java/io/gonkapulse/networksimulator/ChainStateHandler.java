package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.api.ChainResponseWriter;
import io.gonkapulse.networksimulator.api.ChainView;
import io.gonkapulse.networksimulator.api.ParticipantList;
import io.gonkapulse.networksimulator.faults.DataFaults;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.http.RequestHead;
import io.gonkapulse.networksimulator.model.NetworkModel;
import io.gonkapulse.networksimulator.model.SimulatedSettlement;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves queries of the chain's state at the height in the request header. The response header repeats that height.
 */
final class ChainStateHandler {

    static final String PREFIX = "/chain-api/productscience/inference/inference/";

    private static final Pattern SUMMARY = Pattern.compile(PREFIX + "epoch_performance_summary/([0-9]{1,12})/(\\w+)");
    private static final Pattern HARDWARE = Pattern.compile(PREFIX + "hardware_nodes/(\\w+)");
    private static final int DEFAULT_LIMIT = 100;
    private static final int INVALID_ARGUMENT = 3;
    private static final int NOT_FOUND = 5;

    private final NetworkModel model;
    private final ChainViewFactory views;
    private final ChainResponseWriter responses;

    ChainStateHandler(NetworkModel model, ChainViewFactory views, ChainResponseWriter responses) {
        this.model = model;
        this.views = views;
        this.responses = responses;
    }

    /** Rejects heights in the future and heights that are pruned, with the messages of real nodes. */
    EndpointResponse respond(RequestHead request, ChainView now, Set<EndpointFault> faults) {
        EndpointRoute route = route(request.path());
        long height = NodeEndpointHandler.parseHeight(request.header("x-cosmos-block-height"))
                .orElse(now.height());
        if (height > now.height()) {
            return error(
                    route,
                    400,
                    INVALID_ARGUMENT,
                    "cannot query with height in the future; please provide a valid height: invalid height");
        }
        if (height < NodeEndpointHandler.earliestHeight(model, now, faults)) {
            return error(
                    route,
                    400,
                    INVALID_ARGUMENT,
                    "failed to load state at height " + height + "; version does not exist (latest height: "
                            + now.height() + "): invalid request");
        }
        return respond(route, request, views.viewAt(height, now.cachedAt()), faults)
                .withHeader("Grpc-Metadata-X-Cosmos-Block-Height", Long.toString(height));
    }

    private EndpointResponse respond(
            EndpointRoute route, RequestHead request, ChainView view, Set<EndpointFault> faults) {
        return switch (route) {
            case CHAIN_PARTICIPANTS -> participants(request, view, faults);
            case PERFORMANCE_SUMMARY -> summary(request, view, faults);
            case HARDWARE_NODES -> hardware(request, view);
            default -> error(EndpointRoute.UNKNOWN, 501, 12, "Not Implemented");
        };
    }

    private EndpointResponse participants(RequestHead request, ChainView view, Set<EndpointFault> faults) {
        ParticipantList allParticipants = (listView, visitor) ->
                model.allParticipants().forEach(participant -> visitor.visit(participant, listView));
        ParticipantList participantList = DataFaults.participants(allParticipants, model.calendar(), faults);
        int limit = request.parameter("pagination.limit")
                .flatMap(EndpointHandler::parseNumber)
                .map(Math::toIntExact)
                .orElse(DEFAULT_LIMIT);
        int from = request.parameter("pagination.key")
                .map(ChainResponseWriter::parsePageKey)
                .orElse(0);
        return EndpointResponse.ok(
                EndpointRoute.CHAIN_PARTICIPANTS,
                out -> responses.writeParticipants(view, participantList, from, limit, out));
    }

    /** The settlement of a participant: 404 until the epoch is settled and outside the active set. */
    private EndpointResponse summary(RequestHead request, ChainView view, Set<EndpointFault> faults) {
        Matcher path = SUMMARY.matcher(request.path());
        OptionalInt number = path.matches() ? model.find(path.group(2)) : OptionalInt.empty();
        Optional<SimulatedSettlement> settlement = number.isPresent()
                ? model.settlement(number.getAsInt(), Long.parseLong(path.group(1)), view.height())
                : Optional.empty();
        if (settlement.isEmpty()) {
            return error(EndpointRoute.PERFORMANCE_SUMMARY, 404, NOT_FOUND, "not found");
        }
        SimulatedSettlement read =
                DataFaults.rewardFilter(model.calendar(), faults).apply(settlement.get(), view.height());
        return EndpointResponse.ok(
                EndpointRoute.PERFORMANCE_SUMMARY,
                out -> responses.writePerformanceSummary(number.getAsInt(), read, out));
    }

    private EndpointResponse hardware(RequestHead request, ChainView view) {
        Matcher path = HARDWARE.matcher(request.path());
        OptionalInt number = path.matches() ? model.find(path.group(1)) : OptionalInt.empty();
        return number.isPresent()
                ? EndpointResponse.ok(
                        EndpointRoute.HARDWARE_NODES,
                        out -> responses.writeHardwareNodes(number.getAsInt(), view.epoch(), out))
                : error(EndpointRoute.HARDWARE_NODES, 404, NOT_FOUND, "not found");
    }

    private static EndpointRoute route(String path) {
        if (path.equals(PREFIX + "participant")) {
            return EndpointRoute.CHAIN_PARTICIPANTS;
        }
        if (path.startsWith(PREFIX + "epoch_performance_summary/")) {
            return EndpointRoute.PERFORMANCE_SUMMARY;
        }
        return path.startsWith(PREFIX + "hardware_nodes/") ? EndpointRoute.HARDWARE_NODES : EndpointRoute.UNKNOWN;
    }

    private EndpointResponse error(EndpointRoute route, int status, int code, String message) {
        return EndpointResponse.error(route, status, out -> responses.writeError(code, message, out));
    }
}
