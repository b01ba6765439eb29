package io.gonkapulse.testkit.network.face;

import io.gonkapulse.testkit.network.answer.ConsensusAnswers;
import io.gonkapulse.testkit.network.answer.View;
import io.gonkapulse.testkit.network.http.Request;
import io.gonkapulse.testkit.network.model.NetworkModel;
import io.gonkapulse.testkit.network.quirk.Quirk;
import java.util.Set;

/** Status and blocks. */
final class ConsensusRpc {

    static final String PREFIX = "/chain-rpc/";

    private final NetworkModel model;
    private final ConsensusAnswers answers;

    ConsensusRpc(NetworkModel model) {
        this.model = model;
        this.answers = new ConsensusAnswers(model.calendar(), model.plan().seed());
    }

    Reply reply(Request request, View now, Set<Quirk> quirks) {
        long earliest = NodeSite.earliest(model, now, quirks);
        return switch (request.path()) {
            case PREFIX + "status" -> Reply.ok(Route.STATUS, out -> answers.status(now.height(), earliest, out));
            case PREFIX + "block" -> block(request, now.height(), earliest);
            default -> error(Route.UNKNOWN, 404, "no such method");
        };
    }

    private Reply block(Request request, long newest, long earliest) {
        long height = NodeSite.height(request.parameter("height")).orElse(newest);
        if (height > newest) {
            return error(
                    Route.BLOCK,
                    500,
                    "height " + height + " must be less than or equal to the current blockchain height " + newest);
        }
        return height < earliest
                ? error(Route.BLOCK, 500, "height " + height + " is not available, lowest height is " + earliest)
                : Reply.ok(Route.BLOCK, out -> answers.block(height, out));
    }

    private Reply error(Route route, int status, String what) {
        return Reply.error(route, status, out -> answers.error(what, out));
    }
}
