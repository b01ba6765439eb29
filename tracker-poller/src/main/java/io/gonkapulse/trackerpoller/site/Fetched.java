package io.gonkapulse.trackerpoller.site;

import java.net.http.HttpHeaders;
import java.util.Locale;

/** What came back, whatever it is. */
record Fetched(int status, HttpHeaders headers, Spool spool) {

    boolean isGzip() {
        return headers.firstValue("content-encoding")
                .filter(encoding -> encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip"))
                .isPresent();
    }

    boolean saysHtml() {
        return headers.firstValue("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                .isPresent();
    }
}
