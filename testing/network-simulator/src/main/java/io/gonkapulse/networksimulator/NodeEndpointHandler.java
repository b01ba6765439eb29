package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.api.ChainResponseWriter;
import io.gonkapulse.networksimulator.api.ChainView;
import io.gonkapulse.networksimulator.api.NodeResponseWriter;
import io.gonkapulse.networksimulator.api.ParticipantList;
import io.gonkapulse.networksimulator.faults.DataFaults;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.http.RequestHead;
import io.gonkapulse.networksimulator.model.ChainCalendar;
import io.gonkapulse.networksimulator.model.NetworkModel;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The routes of a chain node: its own API, and the prefixes of the chain's state and the consensus RPC. */
final class NodeEndpointHandler implements EndpointHandler {

    private static final Pattern ACTIVE_SET = Pattern.compile("/v1/epochs/(current|[0-9]{1,12})/participants");

    private final NetworkModel model;
    private final ChainCalendar calendar;
    private final ChainViewFactory views;
    private final NodeResponseWriter responses;
    private final ChainStateHandler chainState;
    private final ConsensusRpcHandler consensus;
    private final ChainResponseWriter errors;

    NodeEndpointHandler(NetworkModel model, ChainViewFactory views) {
        this.model = model;
        this.calendar = model.calendar();
        this.views = views;
        this.responses = new NodeResponseWriter(model);
        this.errors = new ChainResponseWriter(model);
        this.chainState = new ChainStateHandler(model, views, errors);
        this.consensus = new ConsensusRpcHandler(model);
    }

    @Override
    public EndpointResponse respond(RequestHead request, Set<EndpointFault> faults) {
        ChainView now = views.nodeView(faults);
        Matcher activeSet = ACTIVE_SET.matcher(request.path());
        if (activeSet.matches()) {
            return activeSet(activeSet.group(1), now, faults);
        }
        if (request.path().equals("/v1/epochs/latest")) {
            return EndpointResponse.ok(
                    EndpointRoute.LATEST_EPOCH, out -> responses.writeLatestEpoch(now.height(), out));
        }
        if (request.path().startsWith(ChainStateHandler.PREFIX)) {
            return chainState.respond(request, now, faults);
        }
        return request.path().startsWith(ConsensusRpcHandler.PREFIX)
                ? consensus.respond(request, now, faults)
                : EndpointResponse.error(
                        EndpointRoute.UNKNOWN, 404, out -> errors.writeError(12, "Not Implemented", out));
    }

    /** The active set of an epoch exists from the end of its proof of compute. */
    private EndpointResponse activeSet(String which, ChainView now, Set<EndpointFault> faults) {
        long epoch = which.equals("current") ? now.epoch() : Long.parseLong(which);
        boolean known = epoch >= 1 && calendar.stages(epoch).pocValidationEnd() <= now.height();
        if (!known) {
            return EndpointResponse.error(
                    EndpointRoute.ACTIVE_SET,
                    404,
                    out -> errors.writeError(5, "active participants not found for epoch", out));
        }
        ChainView view = views.pastView(epoch, now.height(), now.cachedAt());
        ParticipantList participantList = DataFaults.participants(ParticipantList.activeSet(model), calendar, faults);
        return EndpointResponse.ok(
                EndpointRoute.ACTIVE_SET, out -> responses.writeActiveSet(view, participantList, out));
    }

    /** The oldest height that a node with these faults still serves. */
    static long earliestHeight(NetworkModel model, ChainView now, Set<EndpointFault> faults) {
        return faults.contains(EndpointFault.PRUNED_HEIGHTS)
                ? now.height()
                : Math.max(1, now.height() - model.plan().retainedBlocks());
    }

    /** The height that a request names, if it is a number. */
    static Optional<Long> parseHeight(Optional<String> text) {
        return text.flatMap(EndpointHandler::parseNumber);
    }
}
