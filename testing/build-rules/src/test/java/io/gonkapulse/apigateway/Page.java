package io.gonkapulse.apigateway;

/** Breaks no rule: every rule must accept it. */
public record Page(int size) {}
