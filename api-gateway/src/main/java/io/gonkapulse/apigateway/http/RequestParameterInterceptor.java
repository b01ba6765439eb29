package io.gonkapulse.apigateway.http;

import io.gonkapulse.apigateway.http.ApiException.BadParameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses parameters that the controller's method does not have, text that the database cannot store, and values that
 * break a {@link ParameterRule}. One response lists them all. Spring ignores unknown parameters, so a misspelt filter
 * would return unfiltered data.
 */
@Component
class RequestParameterInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    /** A cursor contains an identifier of up to 255 characters of four bytes each, in Base64. */
    private static final Map<String, Integer> MAX_LENGTHS = Map.of("cursor", 1_500);

    /** The parameters of each controller's method by name. */
    private final ConcurrentMap<Method, Map<String, KnownParameter>> parametersByMethod = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod controller && !request.getMethod().equals("OPTIONS")) {
            List<BadParameter> errors = new ArrayList<>();
            checkParameters(
                    parametersByMethod.computeIfAbsent(
                            controller.getMethod(), RequestParameterInterceptor::readParameters),
                    request.getParameterMap(),
                    errors);
            checkPath(request, errors);
            if (!errors.isEmpty()) {
                throw ApiException.badParameters(errors);
            }
        }
        return true;
    }

    private static Map<String, KnownParameter> readParameters(Method method) {
        Map<String, KnownParameter> parameters = new LinkedHashMap<>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(RequestParam.class)) {
                ParameterRule.Checked checked = parameter.getAnnotation(ParameterRule.Checked.class);
                parameters.put(
                        parameter.getName(),
                        new KnownParameter(
                                Collection.class.isAssignableFrom(parameter.getType()),
                                checked == null ? null : BeanUtils.instantiateClass(checked.value())));
            }
        }
        return parameters;
    }

    private static void checkParameters(
            Map<String, KnownParameter> known, Map<String, String[]> given, List<BadParameter> errors) {
        given.forEach((name, values) -> {
            KnownParameter parameter = known.get(name);
            collect(errors, () -> {
                if (parameter == null) {
                    throw unknownParameter(name, known.keySet());
                }
                checkValues(name, values, parameter);
            });
        });
    }

    /** Runs a check and adds what it finds to the errors. */
    private static void collect(List<BadParameter> errors, Runnable check) {
        try {
            check.run();
        } catch (ApiException invalid) {
            errors.addAll(invalid.badParameters());
        }
    }

    private static ApiException unknownParameter(String name, Set<String> known) {
        String shown = ApiException.shorten(name);
        return ApiException.badParameter(
                shown, "Unknown parameter \"" + shown + "\"; known parameters: " + String.join(", ", known));
    }

    private static void checkValues(String name, String[] values, KnownParameter parameter) {
        if (values.length > 1 && !parameter.mayRepeat) {
            throw ApiException.badParameter(name, name + ": expected once, got " + values.length + " times");
        }
        if (parameter.rule instanceof ParameterRule.AnyTextRule) {
            return;
        }
        if (parameter.mayRepeat
                && Arrays.stream(values).anyMatch(value -> value.contains(",") || !value.equals(value.strip()))) {
            // Spring would split or strip the value.
            throw ApiException.badParameter(
                    name, "one value each time, without commas and white space", String.join(" ", values));
        }
        int maxLength = MAX_LENGTHS.getOrDefault(name, RequestParameterParser.MAX_LENGTH);
        for (String value : values) {
            RequestParameterParser.requireValidText(name, value, maxLength);
            if (parameter.rule != null) {
                parameter.rule.check(name, value);
            }
        }
    }

    private static void checkPath(HttpServletRequest request, List<BadParameter> errors) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) {
            variables.forEach((name, value) -> collect(
                    errors,
                    () -> RequestParameterParser.requireValidText(String.valueOf(name), String.valueOf(value))));
        }
    }

    /** A parameter of a controller's method. */
    private record KnownParameter(
            boolean mayRepeat, @Nullable ParameterRule rule) {}
}
