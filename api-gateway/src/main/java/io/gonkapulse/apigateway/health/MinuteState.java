package io.gonkapulse.apigateway.health;

import java.util.Locale;

/** The state of a node in one minute. */
enum MinuteState {
    UNSEEN,
    HEALTHY,
    UNHEALTHY,
    JAILED;

    String apiName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
