package io.gonkapulse.statswriter;

public class Storey {}
