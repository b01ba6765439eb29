package io.gonkapulse.apiclients;

import static org.assertj.core.api.Assertions.assertThat;

import io.gonkapulse.testkit.junit.RealInfrastructure;
import io.gonkapulse.testkit.junit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compiles the generated TypeScript client, and calls the running gateway by it. */
@RealInfrastructure
class TypeScriptClientTest {

    private static final String PROJECT = "src/test/typescript";
    private static final Path COMPILED = Path.of("target", "typescript", "js", PROJECT, "client.test.js");

    @Test
    void readsEveryField(TestDatabase database) throws Exception {
        NodeTool.run("tsc", "--project", PROJECT);
        try (RunningGateway gateway = RunningGateway.start(database)) {
            assertThat(NodeTool.runScript(
                            COMPILED,
                            gateway.url(),
                            RunningGateway.NODE,
                            RunningGateway.SILENT_NODE,
                            RunningGateway.JOB))
                    .containsPattern("[0-9]+ operations equal");
        }
    }
}
