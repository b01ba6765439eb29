package io.gonkapulse.quickstart.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Kafka ACLs from the table in {@code docs/security.md}, so that the tests run with the documented rights. */
final class DocumentedBrokerAcls {

    private static final Path DOCUMENT = Path.of("..", "docs", "security.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(\\S+)` \\| (topic|group) `(\\S+?)(\\*?)` \\| ([A-Za-z, ]+) \\|$");

    private DocumentedBrokerAcls() {}

    /** @param certificateLogin login that authenticates by certificate instead of password */
    static List<AclBinding> read(String certificateLogin) throws IOException {
        List<AclBinding> rights = ROW.matcher(Files.readString(DOCUMENT))
                .results()
                .flatMap(row -> toBindings(row, certificateLogin))
                .toList();
        if (rights.isEmpty()) {
            throw new AssertionError("Expected a table of ACLs in " + DOCUMENT);
        }
        return rights;
    }

    private static Stream<AclBinding> toBindings(MatchResult row, String certificateLogin) {
        String user = (row.group(1).equals(certificateLogin) ? "User:CN=" : "User:") + row.group(1);
        ResourcePattern resource = new ResourcePattern(
                row.group(2).equals("topic") ? ResourceType.TOPIC : ResourceType.GROUP,
                row.group(3),
                row.group(4).isEmpty() ? PatternType.LITERAL : PatternType.PREFIXED);
        return Arrays.stream(row.group(5).split(", ", -1))
                .map(operation -> AclOperation.valueOf(
                        operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT)))
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry(user, "*", operation, AclPermissionType.ALLOW)));
    }
}
