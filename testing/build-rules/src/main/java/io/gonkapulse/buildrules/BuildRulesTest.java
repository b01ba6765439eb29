package io.gonkapulse.buildrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test in main code, because the build of every module runs it from this module's jar. */
class BuildRulesTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            // Clients of the API that a generator writes.
            .withImportOption(location -> !location.contains("/classes/generated/"))
            .importPaths(Stream.of("classes", "test-classes")
                    .map(folder -> Path.of("target", folder))
                    .filter(Files::isDirectory)
                    .toList());

    @ParameterizedTest
    @EnumSource
    void moduleFollowsRule(BuildRule rule) {
        rule.check(CLASSES);
    }
}
