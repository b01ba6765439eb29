package io.gonkapulse.servicekit.launch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A failure in one line for an operator: what went wrong down to its root, and where to look. The kinds are known by name,
 * because not every program has Kafka's classes or PostgreSQL's.
 */
public final class FailureFormatter {

    /** Exceptions that only say that something else went wrong. */
    private static final Set<String> WRAPPERS = Set.of(
            "ExecutionException",
            "CompletionException",
            "KafkaException",
            "KafkaAdminException",
            "IllegalStateException",
            "UncheckedIOException",
            "InvocationTargetException");

    private static final Map<String, String> HINTS = Map.of(
            "SslAuthenticationException",
            "the broker's certificate is not trusted here, or this program's not there: see SPRING_KAFKA_SSL_…",
            "SaslAuthenticationException",
            "the broker does not know this login: see SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
            "UnsupportedSaslMechanismException",
            "the broker does not speak this mechanism: see SPRING_KAFKA_PROPERTIES_SASL_MECHANISM",
            "TopicAuthorizationException",
            "this login lacks a right: see docs/security.md",
            "GroupAuthorizationException",
            "this login lacks a right: see docs/security.md",
            "ClusterAuthorizationException",
            "this login lacks a right: see docs/security.md",
            "TimeoutException",
            "no answer: is KAFKA_BOOTSTRAP_SERVERS right, and SPRING_KAFKA_SECURITY_PROTOCOL what the broker speaks?");

    private FailureFormatter() {}

    /** One line, whatever the messages hold. */
    public static String format(Throwable failure) {
        List<Throwable> chain = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
        Set<String> messages = chain.stream()
                .filter(cause -> !WRAPPERS.contains(typeName(cause)))
                .map(FailureFormatter::messageOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String text = messages.isEmpty() ? messageOf(failure) : String.join(": ", messages);
        return (text + hint(chain)).replaceAll("\\s*\\R\\s*", " ");
    }

    private static String messageOf(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? typeName(failure) : message.strip();
    }

    private static String hint(List<Throwable> chain) {
        return chain.stream()
                .map(FailureFormatter::typeName)
                .filter(HINTS::containsKey)
                .findFirst()
                .map(name -> " (" + HINTS.get(name) + ")")
                .orElse("");
    }

    private static String typeName(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
