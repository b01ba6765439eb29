package io.gonkapulse.apigateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** The files of {@code openapi/} as one document. They are written by hand; tests compare them with the routes. */
final class OpenApiDocument {

    private static final List<String> PARTS = List.of(
            "base", "nodes", "earnings", "epochs", "history", "health", "network", "stream", "jobs", "job-metrics");
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, Object> content;

    private OpenApiDocument(Map<String, Object> content) {
        this.content = content;
    }

    static OpenApiDocument load() {
        YamlMapFactoryBean yaml = new YamlMapFactoryBean();
        yaml.setResources(PARTS.stream()
                .map(part -> new ClassPathResource("openapi/" + part + ".yaml"))
                .toArray(Resource[]::new));
        return new OpenApiDocument(Objects.requireNonNull(yaml.getObject(), "openapi/*.yaml"));
    }

    byte[] toJson() {
        return JSON.writeValueAsBytes(content);
    }

    /** By way of JSON, because a YAML writer turns an object that occurs twice into an anchor. */
    byte[] toYaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(true);
        return new Yaml(options).dump(JSON.readValue(toJson(), Object.class)).getBytes(UTF_8);
    }
}
