package io.gonkapulse.testkit.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Injects real servers into a test class. A {@link TestBroker} or {@link TestDatabase} runs on a server that all
 * classes share; a {@link DedicatedBroker} or {@link DedicatedDatabase} belongs to the class alone, which may stop
 * it. Constructors, tests and lifecycle methods may declare these parameters.
 *
 * <p>No class sees topics, groups or tables of another class. Nested classes share the servers of their outer class.
 * Annotated classes of one JVM run one after the other.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("broker")
@ExtendWith(RealInfrastructureExtension.class)
@ResourceLock("io.gonkapulse.testkit")
public @interface RealInfrastructure {}
