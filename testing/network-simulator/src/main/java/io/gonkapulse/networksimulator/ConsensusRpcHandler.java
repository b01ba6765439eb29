package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.api.ChainView;
import io.gonkapulse.networksimulator.api.ConsensusResponseWriter;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.http.RequestHead;
import io.gonkapulse.networksimulator.model.NetworkModel;
import java.util.Set;

/** Serves the status and the blocks of the consensus engine's RPC. */
final class ConsensusRpcHandler {

    static final String PREFIX = "/chain-rpc/";

    private final NetworkModel model;
    private final ConsensusResponseWriter responses;

    ConsensusRpcHandler(NetworkModel model) {
        this.model = model;
        this.responses =
                new ConsensusResponseWriter(model.calendar(), model.plan().seed());
    }

    EndpointResponse respond(RequestHead request, ChainView now, Set<EndpointFault> faults) {
        long earliest = NodeEndpointHandler.earliestHeight(model, now, faults);
        return switch (request.path()) {
            case PREFIX + "status" ->
                EndpointResponse.ok(EndpointRoute.STATUS, out -> responses.writeStatus(now.height(), earliest, out));
            case PREFIX + "block" -> block(request, now.height(), earliest);
            default -> error(EndpointRoute.UNKNOWN, 404, "no such method");
        };
    }

    /** Errors have status 500, as on real nodes. */
    private EndpointResponse block(RequestHead request, long newest, long earliest) {
        long height =
                NodeEndpointHandler.parseHeight(request.parameter("height")).orElse(newest);
        if (height > newest) {
            return error(
                    EndpointRoute.BLOCK,
                    500,
                    "height " + height + " must be less than or equal to the current blockchain height " + newest);
        }
        return height < earliest
                ? error(
                        EndpointRoute.BLOCK,
                        500,
                        "height " + height + " is not available, lowest height is " + earliest)
                : EndpointResponse.ok(EndpointRoute.BLOCK, out -> responses.writeBlock(height, out));
    }

    private EndpointResponse error(EndpointRoute route, int status, String what) {
        return EndpointResponse.error(route, status, out -> responses.writeError(what, out));
    }
}
