package io.gonkapulse.apigateway.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gonkapulse.apigateway.settings.GatewayProperties;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the database once for everybody who asks the same within a moment. Ages are told at the time of the request, so a
 * shared answer is never presented as fresher than it is.
 */
@Component
public class SharedAnswers {

    /** Written, which is about what they take unwritten; years of a node's hours are some megabytes. */
    private static final int MOST_BYTES = 24 << 20;

    private final Cache<Question<?>, Shared> answers;
    private final Underway<Shared> underway = new Underway<>();
    private final JsonMapper mapper;

    SharedAnswers(GatewayProperties properties, JsonMapper mapper) {
        this.answers = Caffeine.newBuilder()
                .maximumWeight(MOST_BYTES)
                .weigher((Question<?> question, Shared shared) -> shared.bytes)
                .expireAfterWrite(properties.shareAnswers())
                .build();
        this.mapper = mapper;
    }

    /** A failure is told to those who wait for it; the next one who asks tries again. */
    @SuppressWarnings("unchecked") // an answer is only ever put under its own question
    public <T> Answer<T> to(Question<T> question, Supplier<T> load) {
        Shared known = answers.getIfPresent(question);
        return (Answer<T>) (known != null ? known : loaded(question, load)).answer;
    }

    private <T> Shared loaded(Question<T> question, Supplier<T> load) {
        return underway.answer(
                question,
                () -> {
                    Shared shared = tagged(load.get());
                    answers.put(question, shared);
                    return shared;
                },
                other -> other.equals(answers.getIfPresent(question)));
    }

    private <T> Shared tagged(T value) {
        byte[] written = mapper.writeValueAsBytes(value);
        return new Shared(new Answer<>(value, Tags.of(written)), written.length);
    }

    private record Shared(Answer<?> answer, int bytes) {}
}
