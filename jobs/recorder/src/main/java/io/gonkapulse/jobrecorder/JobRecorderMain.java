package io.gonkapulse.jobrecorder;

import io.gonkapulse.jobrecorder.administration.CancelCommand;
import io.gonkapulse.jobrecorder.administration.PurgeCommand;
import io.gonkapulse.jobrecorder.intake.keys.JobKeysCommand;
import io.gonkapulse.jobrecorder.rebuild.JobRebuildCommand;
import io.gonkapulse.jobrecorder.verify.JobVerifyCommand;
import io.gonkapulse.servicekit.launch.ServiceApplication;
import io.gonkapulse.workercore.replay.DeadLetterCommand;
import java.time.InstantSource;
import java.util.Map;

/** Entry point of job-recorder.jar. */
public final class JobRecorderMain {

    private JobRecorderMain() {}

    public static void main(String[] arguments) {
        System.exit(program().run(arguments));
    }

    private static ServiceApplication program() {
        return program(System.getenv());
    }

    static ServiceApplication program(Map<String, String> environment) {
        return new ServiceApplication(
                        "job-recorder",
                        "Stores the history of jobs as merged from their events.",
                        JobRecorderConfiguration.class)
                .withJobReports("recorder", environment, InstantSource.system())
                .withCommand("dlt", DeadLetterCommand::new)
                .withCommand("keys", service -> new JobKeysCommand(InstantSource.system()))
                .withCommand("rebuild", JobRebuildCommand::new)
                .withCommand("verify", JobVerifyCommand::new)
                .withCommand("purge", PurgeCommand::new)
                .withCommand("cancel", CancelCommand::new);
    }
}
