package io.gonkapulse.servicekit.launch;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Keeps Spring from logging a stack trace where one line will be said. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSettingReporter implements SpringBootExceptionReporter {

    InvalidSettingReporter() {}

    @Override
    public boolean reportException(Throwable failure) {
        return InvalidSettingAnalyzer.analyze(failure).isPresent();
    }
}
