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

    private static final JavaClasses MAIN = load("classes");
    private static final JavaClasses MAIN_AND_TESTS = load("classes", "test-classes");

    @ParameterizedTest
    @EnumSource
    void moduleFollowsRule(BuildRule rule) {
        rule.check(rule.isForMainOnly() ? MAIN : MAIN_AND_TESTS);
    }

    private static JavaClasses load(String... folders) {
        return new ClassFileImporter()
                .importPaths(Stream.of(folders)
                        .map(folder -> Path.of("target", folder))
                        .filter(Files::isDirectory)
                        .toList());
    }
}
