package io.gonkapulse.houserules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stands among this module's own classes, not its tests, because the build of every module runs it there. */
class HouseRulesTest {

    private static final JavaClasses CLASSES_OF_THE_MODULE = new ClassFileImporter()
            .importPaths(List.of(Path.of("target", "classes"), Path.of("target", "test-classes")).stream()
                    .filter(Files::isDirectory)
                    .toList());

    @ParameterizedTest
    @EnumSource
    void theModuleKeepsTheRule(HouseRule rule) {
        rule.check(CLASSES_OF_THE_MODULE);
    }
}
