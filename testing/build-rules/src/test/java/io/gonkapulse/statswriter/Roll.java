package io.gonkapulse.statswriter;

public class Roll {}
