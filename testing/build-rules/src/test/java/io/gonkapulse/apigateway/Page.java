package io.gonkapulse.apigateway;

/** Breaks nothing: what a rule must let pass. */
public record Page(int size) {}
