package dev.neap.batch;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Settles what a process left behind in Spring Batch's tables that died, or lost the server at a commit: executions that
 * still seem to run, or whose outcome is UNKNOWN, become FAILED, which is what can be restarted.
 *
 * <p>Spring Batch's own {@code recover} refuses UNKNOWN and does not ask whether the process is alive. Here the change's
 * lease has been taken before, so nobody else can be at work, and the checkpoint tells what is done.
 */
public final class Leftovers {

    private static final Set<BatchStatus> UNSETTLED = Set.of(BatchStatus.STARTING, BatchStatus.STARTED,
            BatchStatus.STOPPING, BatchStatus.UNKNOWN);

    private final JobRepository repository;

    public Leftovers(JobRepository repository) {
        this.repository = repository;
    }

    /** Whether one of these steps was ever completed by the job instance. */
    boolean anyCompleted(String jobName, JobParameters parameters, List<String> steps) {
        JobInstance instance = repository.getJobInstance(jobName, parameters);
        return instance != null
                && repository.getJobExecutions(instance)
                        .stream()
                        .flatMap(execution -> execution.getStepExecutions().stream())
                        .anyMatch(step -> step.getStatus() == BatchStatus.COMPLETED
                                && steps.contains(step.getStepName()));
    }

    void settle(String jobName, JobParameters parameters) {
        JobInstance instance = repository.getJobInstance(jobName, parameters);
        if (instance == null) {
            return;
        }
        // In the zone in which Spring Batch writes its times.
        for (JobExecution execution : repository.getJobExecutions(instance)) {
            for (StepExecution step : execution.getStepExecutions()) {
                if (UNSETTLED.contains(step.getStatus())) {
                    step.setStatus(BatchStatus.FAILED);
                    step.setEndTime(LocalDateTime.now(ZoneId.systemDefault()));
                    repository.update(step);
                }
            }
            if (UNSETTLED.contains(execution.getStatus())) {
                execution.setStatus(BatchStatus.FAILED);
                execution.setEndTime(LocalDateTime.now(ZoneId.systemDefault()));
                repository.update(execution);
            }
        }
    }
}
