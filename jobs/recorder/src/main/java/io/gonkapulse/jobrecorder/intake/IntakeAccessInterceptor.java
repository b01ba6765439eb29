package io.gonkapulse.jobrecorder.intake;

import io.gonkapulse.jobrecorder.intake.IntakeProperties.AnonymousAccess;
import io.gonkapulse.jobrecorder.intake.keys.BotPattern;
import io.gonkapulse.jobrecorder.intake.keys.JobReporterRights;
import io.gonkapulse.servicekit.http.RateLimiter;
import io.gonkapulse.servicekit.http.RequestClient;
import io.gonkapulse.servicekit.http.SentKeyReader;
import io.gonkapulse.servicekit.keys.ApiKey;
import io.gonkapulse.servicekit.keys.ApiKeyRegistry;
import io.gonkapulse.servicekit.keys.RequestRate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Identifies the client of a request by its key, and refuses it without a valid key or above its rate limit, before the
 * body is read.
 */
final class IntakeAccessInterceptor implements HandlerInterceptor {

    /** The request attribute for the {@link JobReporterRights} of the client. */
    static final String RIGHTS = "io.gonkapulse.jobrecorder.intake.rights";

    /** Tomcat sets it when it replaced the address of a request by that of a header. */
    private static final String ADDRESS_REPLACED = "org.apache.tomcat.request.forwarded";

    /** Proxies add them, so the client may be on another machine. */
    private static final Set<String> PROXY_HEADERS = Set.of("forwarded", "via", "x-real-ip");

    private static final String PROXY_HEADER_PREFIX = "x-forwarded-";

    /** Of an address without a valid key. */
    private static final RequestRate ADDRESS_RATE = new RequestRate(3_000, Duration.ofMinutes(1));

    private final AnonymousAccess anonymous;
    private final ApiKeyRegistry<BotPattern> keys;
    private final RateLimiter limiter;

    IntakeAccessInterceptor(AnonymousAccess anonymous, ApiKeyRegistry<BotPattern> keys, RateLimiter limiter) {
        this.anonymous = anonymous;
        this.keys = keys;
        this.limiter = limiter;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String sent = SentKeyReader.read(request);
        Optional<ApiKey<BotPattern>> key = sent == null ? Optional.empty() : keys.find(sent);
        // Requests with an unknown key count against the address: this limits guessing.
        RequestClient client = key.map(known -> RequestClient.byKey(known.name(), known.limit()))
                .orElseGet(() -> RequestClient.byAddress(request.getRemoteAddr(), ADDRESS_RATE));
        if (!limiter.tryAcquire(client, response)) {
            throw IntakeException.of(
                    IntakeProblem.RATE_LIMITED, "Too many requests; retry after the seconds in Retry-After");
        }
        if (sent == null) {
            requireAnonymous(request);
        } else if (key.isEmpty()) {
            throw unauthorized(IntakeProblem.KEY_UNKNOWN, "The key is unknown or revoked; send a valid one");
        }
        request.setAttribute(
                RIGHTS, key.map(known -> new JobReporterRights(known.grants())).orElse(JobReporterRights.ALL));
        return true;
    }

    private void requireAnonymous(HttpServletRequest request) {
        if (anonymous != AnonymousAccess.LOOPBACK || !isLoopback(request.getRemoteAddr())) {
            throw unauthorized(
                    IntakeProblem.KEY_REQUIRED,
                    "A key is required: Authorization: Bearer KEY; create it with job-recorder keys create");
        }
        boolean isForwarded = request.getAttribute(ADDRESS_REPLACED) != null
                || Collections.list(request.getHeaderNames()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .anyMatch(name -> PROXY_HEADERS.contains(name) || name.startsWith(PROXY_HEADER_PREFIX));
        // A browser sends Origin: a page of any site could otherwise report jobs through the user's machine.
        if (isForwarded || request.getHeader(HttpHeaders.ORIGIN) != null) {
            throw IntakeException.of(
                    IntakeProblem.FORWARDED_REQUEST,
                    "Without a key only programs on this machine may report: expected no header of a proxy or browser"
                            + " (Forwarded, X-Forwarded-…, X-Real-IP, Via, Origin)");
        }
    }

    private static IntakeException unauthorized(IntakeProblem problem, String detail) {
        return IntakeException.withHeader(problem, detail, HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
