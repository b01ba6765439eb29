package io.gonkapulse.buildrules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Conditions on parameters of constructors and methods, which ArchUnit's rule language does not offer. */
final class ParameterConditions {

    private ParameterConditions() {}

    /** Reports every parameter with the annotation, of constructors and of methods. */
    static ArchCondition<JavaClass> notBeAnnotatedWith(String annotation) {
        return new ArchCondition<>("have no parameter annotated with @" + annotation) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getCodeUnits().stream()
                        .flatMap(unit -> unit.getParameters().stream())
                        .filter(parameter -> parameter.isAnnotatedWith(annotation))
                        .forEach(parameter -> events.add(
                                SimpleConditionEvent.violated(type, parameter.getDescription() + " is annotated")));
            }
        };
    }
}
