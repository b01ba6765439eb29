package io.gonkapulse.testkit.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Gives a test class what its parameters ask for: a {@link TestBroker}, a {@link TestDatabase}, or one of its own to
 * break, a {@link DedicatedBroker} or {@link DedicatedDatabase}. Parameters may stand at the constructor, at a test or at
 * what runs before it. No class finds what another has left; the nested classes of a class share what it has.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RealInfrastructureExtension.class)
@ResourceLock("io.gonkapulse.testkit")
public @interface RealInfrastructure {}
