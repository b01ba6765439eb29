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
    private final Underway<Answer<?>> underway = new Underway<>();
    private final JsonMapper mapper;

    SharedAnswers(GatewayProperties properties, JsonMapper mapper) {
        this.answers = Caffeine.newBuilder()
                .maximumSize(MOST_ANSWERS)
                .expireAfterWrite(properties.shareAnswers())
                .build();
        this.mapper = mapper;
    }

    /** A failure is told to those who wait for it; the next one who asks tries again. */
    @SuppressWarnings("unchecked") // an answer is only ever put under its own question
    public <T> Answer<T> to(Question<T> question, Supplier<T> load) {
        Answer<?> known = answers.getIfPresent(question);
        return (Answer<T>) (known != null ? known : loaded(question, load));
    }

    private <T> Answer<?> loaded(Question<T> question, Supplier<T> load) {
        return underway.answer(
                question,
                () -> {
                    Answer<T> answer = tagged(load.get());
                    answers.put(question, answer);
                    return answer;
                },
                other -> other.equals(answers.getIfPresent(question)));
    }

    private <T> Answer<T> tagged(T value) {
        return new Answer<>(value, Tags.of(mapper.writeValueAsBytes(value)));
    }
}
