package io.gonkapulse.apigateway.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Checks each value of a request parameter before the controller runs, so that one response lists all invalid
 * parameters. Implementations have a constructor without arguments.
 */
public interface ParameterRule {

    /**
     * Checks one value.
     *
     * @throws ApiException if the value is invalid
     */
    void check(String parameter, String value);

    /** The rule of a parameter of a controller's method. */
    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Checked {
        Class<? extends ParameterRule> value();
    }

    /** Any text. The controller checks each value, and its response lists the invalid ones. */
    final class AnyTextRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {}
    }

    /** A day such as 2026-01-31. */
    final class DayRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            RequestParameterParser.parseDay(parameter, value);
        }
    }

    /** True or false. */
    final class FlagRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            RequestParameterParser.parseFlag(parameter, value);
        }
    }

    /** The number of items of a page. */
    final class PageSizeRule implements ParameterRule {

        @Override
        public void check(String parameter, String value) {
            RequestParameterParser.parsePageSize(value);
        }
    }
}
