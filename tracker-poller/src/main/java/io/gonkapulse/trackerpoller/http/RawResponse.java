package io.gonkapulse.trackerpoller.http;

import java.net.http.HttpHeaders;
import java.util.Locale;

/** A response of any status and content. */
record RawResponse(int status, HttpHeaders headers, ResponseBuffer body) {

    boolean isGzip() {
        return headers.firstValue("content-encoding")
                .filter(encoding -> encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip"))
                .isPresent();
    }

    boolean declaresHtml() {
        return headers.firstValue("content-type")
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                .isPresent();
    }
}
