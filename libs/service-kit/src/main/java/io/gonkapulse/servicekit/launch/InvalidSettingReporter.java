package io.gonkapulse.servicekit.launch;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Suppresses Spring's stack trace when {@link InvalidSettingAnalyzer} reports the failure in one line. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSettingReporter implements SpringBootExceptionReporter {

    InvalidSettingReporter() {}

    @Override
    public boolean reportException(Throwable failure) {
        return InvalidSettingAnalyzer.analyze(failure).isPresent();
    }
}
