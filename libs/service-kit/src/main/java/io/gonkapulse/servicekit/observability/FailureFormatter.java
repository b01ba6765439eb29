package io.gonkapulse.servicekit.observability;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Formats a failure in one line for an operator: the messages down to the root cause, and a hint.
 * Matches types by name, because some programs lack the classes of Kafka or PostgreSQL.
 */
public final class FailureFormatter {

    /** Exceptions without information of their own. */
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
            "client or broker does not trust the other's certificate: see SPRING_KAFKA_SSL_…",
            "SaslAuthenticationException",
            "the broker rejects this login: see SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG",
            "UnsupportedSaslMechanismException",
            "the broker does not support this mechanism: see SPRING_KAFKA_PROPERTIES_SASL_MECHANISM",
            "TopicAuthorizationException",
            "this login lacks a permission: see docs/security.md",
            "GroupAuthorizationException",
            "this login lacks a permission: see docs/security.md",
            "ClusterAuthorizationException",
            "this login lacks a permission: see docs/security.md",
            "TimeoutException",
            "no response: check KAFKA_BOOTSTRAP_SERVERS and SPRING_KAFKA_SECURITY_PROTOCOL");

    private FailureFormatter() {}

    /** Returns one line even if messages contain line breaks. */
    public static String format(Throwable failure) {
        // Limited, because a chain of causes can be cyclic.
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
