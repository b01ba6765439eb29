package io.gonkapulse.houserules.cycle.two;

import io.gonkapulse.houserules.cycle.one.One;

public record Two(Class<One> one) {}
