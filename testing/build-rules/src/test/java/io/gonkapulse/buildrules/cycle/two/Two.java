package io.gonkapulse.buildrules.cycle.two;

import io.gonkapulse.buildrules.cycle.one.One;

public record Two(Class<One> one) {}
