package io.gonkapulse.servicekit.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Reads the API key of a request: {@code Authorization: Bearer} or {@code X-Api-Key}. */
public final class SentKeyReader {

    private static final String BEARER = "Bearer ";

    private SentKeyReader() {}

    /** Returns null if there is none. */
    public static @Nullable String read(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        // The scheme is not case-sensitive (RFC 9110).
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : request.getHeader("X-Api-Key");
    }
}
