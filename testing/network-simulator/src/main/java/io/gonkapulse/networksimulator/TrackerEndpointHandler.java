package io.gonkapulse.networksimulator;

import io.gonkapulse.networksimulator.api.ChainView;
import io.gonkapulse.networksimulator.api.ParticipantList;
import io.gonkapulse.networksimulator.api.TrackerResponseWriter;
import io.gonkapulse.networksimulator.faults.DataFaults;
import io.gonkapulse.networksimulator.faults.EndpointFault;
import io.gonkapulse.networksimulator.http.RequestHead;
import io.gonkapulse.networksimulator.model.NetworkModel;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The routes and error responses of a tracker's REST API. */
final class TrackerEndpointHandler implements EndpointHandler {

    private final NetworkModel model;
    private final ChainViewFactory views;
    private final TrackerResponseWriter responses;
    private final String prefix;

    TrackerEndpointHandler(NetworkModel model, ChainViewFactory views, String prefix) {
        this.model = model;
        this.views = views;
        this.responses = new TrackerResponseWriter(model);
        this.prefix = prefix;
    }

    @Override
    public EndpointResponse respond(RequestHead request, Set<EndpointFault> faults) {
        if (!request.path().startsWith(prefix + "/")) {
            return error(EndpointRoute.UNKNOWN, 404, "Not Found");
        }
        String path = request.path().substring(prefix.length() + 1);
        if (path.equals("hello")) {
            return EndpointResponse.ok(EndpointRoute.HELLO, responses::writeHello);
        }
        if (path.equals("inference/current")) {
            return current(faults);
        }
        if (path.startsWith("inference/epochs/")) {
            return past(path.substring("inference/epochs/".length()), request, faults);
        }
        return path.startsWith("participants/")
                ? participant(path.substring("participants/".length()), request, faults)
                : error(EndpointRoute.UNKNOWN, 404, "Not Found");
    }

    private EndpointResponse current(Set<EndpointFault> faults) {
        ChainView view = views.trackerView(faults);
        if (faults.contains(EndpointFault.OLDEST_ROW_FIRST)) {
            ChainView oldest = DataFaults.oldestRow(view, model.calendar());
            ParticipantList rows = DataFaults.storedRows(participantList(faults), model.calendar());
            return EndpointResponse.ok(
                    EndpointRoute.CURRENT_EPOCH, out -> responses.writeStoredRows(oldest, rows, out));
        }
        return EndpointResponse.ok(
                EndpointRoute.CURRENT_EPOCH, out -> responses.writeCurrentEpoch(view, participantList(faults), out));
    }

    /** Validates the path and the height as real trackers do: 422 for text, 400 for numbers out of range. */
    private EndpointResponse past(String id, RequestHead request, Set<EndpointFault> faults) {
        Optional<Long> epoch = EndpointHandler.parseNumber(id);
        if (epoch.isEmpty()) {
            return error(EndpointRoute.PAST_EPOCH, 422, "Input should be a valid integer");
        }
        if (epoch.get() < 1) {
            return error(EndpointRoute.PAST_EPOCH, 400, "Invalid epoch ID");
        }
        Optional<Long> requested = request.parameter("height").flatMap(EndpointHandler::parseNumber);
        if (request.parameter("height").isPresent()
                && requested.filter(height -> height >= 1).isEmpty()) {
            return error(EndpointRoute.PAST_EPOCH, 400, "Invalid height");
        }
        return past(epoch.get(), requested, faults);
    }

    private EndpointResponse past(long epoch, Optional<Long> requested, Set<EndpointFault> faults) {
        ChainView now = views.trackerView(faults);
        if (epoch > now.epoch()) {
            return error(
                    EndpointRoute.PAST_EPOCH,
                    500,
                    "Failed to fetch epoch " + epoch + " stats: All URLs failed. Last error: 404 Not Found");
        }
        long start = model.calendar().stages(epoch).pocValidationEnd() + 2;
        if (requested.filter(height -> height < start).isPresent()) {
            return error(
                    EndpointRoute.PAST_EPOCH,
                    400,
                    "Height " + requested.get() + " is before epoch " + epoch + " start (effective height: " + start
                            + "). No data exists for this epoch at this height.");
        }
        ChainView view = views.pastView(
                epoch, Math.min(requested.orElse(Long.MAX_VALUE), lastHeight(epoch, now)), now.cachedAt());
        return EndpointResponse.ok(
                EndpointRoute.PAST_EPOCH, out -> responses.writePastEpoch(view, participantList(faults), out));
    }

    /** Unknown participants are 404, as are those outside the epoch's active set. */
    private EndpointResponse participant(String address, RequestHead request, Set<EndpointFault> faults) {
        Optional<Long> epoch = request.parameter("epoch_id").flatMap(EndpointHandler::parseNumber);
        if (epoch.isEmpty()) {
            return error(EndpointRoute.PARTICIPANT, 422, "Field required: epoch_id");
        }
        if (epoch.get() < 1) {
            return error(EndpointRoute.PARTICIPANT, 400, "Invalid epoch ID");
        }
        ChainView now = views.trackerView(faults);
        OptionalInt number = model.find(address);
        if (number.isEmpty() || epoch.get() > now.epoch() || !model.isMember(number.getAsInt(), epoch.get())) {
            return error(
                    EndpointRoute.PARTICIPANT, 404, "Participant " + address + " not found in epoch " + epoch.get());
        }
        ChainView view = views.pastView(epoch.get(), lastHeight(epoch.get(), now), now.cachedAt());
        return EndpointResponse.ok(
                EndpointRoute.PARTICIPANT,
                out -> responses.writeParticipantDetails(
                        number.getAsInt(), view, now.height(), DataFaults.rewardFilter(model.calendar(), faults), out));
    }

    /** The current epoch is reported at the current height, a past one shortly before its settlement. */
    private long lastHeight(long epoch, ChainView now) {
        return epoch == now.epoch() ? now.height() : Math.min(now.height(), views.lastHeight(epoch));
    }

    private ParticipantList participantList(Set<EndpointFault> faults) {
        return DataFaults.participants(ParticipantList.activeSet(model), model.calendar(), faults);
    }

    private EndpointResponse error(EndpointRoute route, int status, String detail) {
        return EndpointResponse.error(route, status, out -> responses.writeError(detail, out));
    }
}
