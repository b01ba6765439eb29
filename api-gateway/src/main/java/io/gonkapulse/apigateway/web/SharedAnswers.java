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

    private static final int MOST_ANSWERS = 2_000;

    private final Cache<Question<?>, Answer<?>> answers;
    private final JsonMapper mapper;

    SharedAnswers(GatewayProperties properties, JsonMapper mapper) {
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST_ANSWERS)
                .expireAfterWrite(properties.shareAnswers())
                .build();
        this.mapper = mapper;
    }

    /** A failure is not shared: the next one who asks tries again. */
    @SuppressWarnings("unchecked") // an answer is only ever put under its own question
    public <T> Answer<T> to(Question<T> question, Supplier<T> load) {
        return (Answer<T>) answers.get(question, unanswered -> tagged(load.get()));
    }

    private <T> Answer<T> tagged(T value) {
        return new Answer<>(value, Tags.of(mapper.writeValueAsBytes(value)));
    }
}
