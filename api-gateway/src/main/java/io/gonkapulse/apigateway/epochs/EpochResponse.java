package io.gonkapulse.apigateway.epochs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response body for one epoch of the network.
 *
 * @param medianRewardedNgonka over all settled nodes; null before the settlement
 * @param topNodes the ten best paid nodes; in the running epoch, the ten nodes with the largest weight; empty between
 *     the end of the epoch and its settlement
 */
record EpochResponse(
        @JsonUnwrapped EpochListResponse.EpochItem epoch,
        @Nullable String medianRewardedNgonka,
        List<TopNode> topNodes) {

    record TopNode(
            String identifier,
            @Nullable String displayName,
            @Nullable String earnedNgonka,
            @Nullable String rewardedGnk,
            @Nullable String rewardedNgonka,
            String claim,
            @Nullable BigDecimal weight,
            @Nullable Integer rank) {}
}
