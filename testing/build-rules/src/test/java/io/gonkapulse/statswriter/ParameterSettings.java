package io.gonkapulse.statswriter;

import org.springframework.beans.factory.annotation.Value;

record ParameterSettings(String ttl) {

    static ParameterSettings from(@Value("${ttl}") String ttl) {
        return new ParameterSettings(ttl);
    }
}
