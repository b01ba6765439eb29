package io.gonkapulse.buildrules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test in main code, because the build of every module runs it from this module's jar. */
class BuildRulesTest {

    private static final JavaClasses MODULE_CLASSES = new ClassFileImporter()
            .importPaths(List.of(Path.of("target", "classes"), Path.of("target", "test-classes")).stream()
                    .filter(Files::isDirectory)
                    .toList());

    @ParameterizedTest
    @EnumSource
    void moduleFollowsRule(BuildRule rule) {
        rule.check(MODULE_CLASSES);
    }
}
