package io.gonkapulse.apigateway.health;

import java.util.Locale;

/** How a node was in a minute. */
enum MinuteState {
    UNSEEN,
    HEALTHY,
    UNHEALTHY,
    JAILED;

    String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
