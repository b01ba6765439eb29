package io.gonkapulse.apigateway.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Refuses parameters that the controller's method does not have, and text that the database cannot store. Spring
 * ignores unknown parameters, so a misspelt filter would return unfiltered data.
 */
@Component
class RequestParameterInterceptor implements HandlerInterceptor, WebMvcConfigurer {

    /** A cursor contains an identifier of up to 255 characters of four bytes each, in Base64. */
    private static final Map<String, Integer> MAX_LENGTHS = Map.of("cursor", 1_500);

    /** The parameters of each controller's method by name, and whether each may repeat. */
    private final ConcurrentMap<Method, Map<String, Boolean>> parametersByMethod = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod controller && !request.getMethod().equals("OPTIONS")) {
            checkParameters(
                    parametersByMethod.computeIfAbsent(
                            controller.getMethod(), RequestParameterInterceptor::readParameters),
                    request.getParameterMap());
            checkPath(request);
        }
        return true;
    }

    private static Map<String, Boolean> readParameters(Method method) {
        Map<String, Boolean> parameters = new LinkedHashMap<>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(RequestParam.class)) {
                parameters.put(parameter.getName(), Collection.class.isAssignableFrom(parameter.getType()));
            }
        }
        return parameters;
    }

    private static void checkParameters(Map<String, Boolean> known, Map<String, String[]> given) {
        if (!known.keySet().containsAll(given.keySet())) {
            throw unknownParameter(known, given);
        }
        given.forEach((name, values) -> checkValues(name, values, Boolean.TRUE.equals(known.get(name))));
    }

    private static ApiException unknownParameter(Map<String, Boolean> known, Map<String, String[]> given) {
        TreeSet<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(known.keySet());
        String name = ApiException.shorten(unknown.first());
        return ApiException.badParameter(
                name, "Unknown parameter \"" + name + "\"; known parameters: " + String.join(", ", known.keySet()));
    }

    private static void checkValues(String name, String[] values, boolean mayRepeat) {
        if (values.length > 1 && !mayRepeat) {
            throw ApiException.badParameter(name, name + ": expected once, got " + values.length + " times");
        }
        if (mayRepeat && Arrays.stream(values).anyMatch(value -> value.contains(",") || !value.equals(value.strip()))) {
            // Spring would split or strip the value.
            throw ApiException.badParameter(
                    name, "one value each time, without commas and white space", String.join(" ", values));
        }
        int maxLength = MAX_LENGTHS.getOrDefault(name, RequestParameterParser.MAX_LENGTH);
        Arrays.stream(values).forEach(value -> RequestParameterParser.requireValidText(name, value, maxLength));
    }

    private static void checkPath(HttpServletRequest request) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) {
            variables.forEach((name, value) ->
                    RequestParameterParser.requireValidText(String.valueOf(name), String.valueOf(value)));
        }
    }
}
