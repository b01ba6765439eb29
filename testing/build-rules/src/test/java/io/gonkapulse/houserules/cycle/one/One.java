package io.gonkapulse.houserules.cycle.one;

import io.gonkapulse.houserules.cycle.two.Two;

public record One(Two two) {}
