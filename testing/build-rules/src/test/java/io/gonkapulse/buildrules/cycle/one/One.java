package io.gonkapulse.buildrules.cycle.one;

import io.gonkapulse.buildrules.cycle.two.Two;

public record One(Two two) {}
