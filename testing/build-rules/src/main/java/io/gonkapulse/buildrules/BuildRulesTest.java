package io.gonkapulse.buildrules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test in main code, because the build of every module runs it from this module's jar. */
class BuildRulesTest {

    private static final JavaClasses MAIN_AND_TESTS = new ClassFileImporter()
            .importPaths(Stream.of("classes", "test-classes")
                    .map(folder -> Path.of("target", folder))
                    .filter(Files::isDirectory)
                    .toList());
    private static final JavaClasses MAIN = MAIN_AND_TESTS.that(not(describe("of tests", ModuleMap::isOfTests)));

    @ParameterizedTest
    @EnumSource
    void moduleFollowsRule(BuildRule rule) {
        rule.check(rule.isForMainOnly() ? MAIN : MAIN_AND_TESTS);
    }
}
