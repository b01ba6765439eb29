package io.gonkapulse.servicekit.http;

import org.springframework.http.HttpStatus;

/** The kind of a problem: a status, which may be shared, and a code of its own. */
public interface ProblemType {

    HttpStatus status();

    /** The stable {@code code} in the response. */
    String apiName();
}
