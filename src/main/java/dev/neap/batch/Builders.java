package dev.neap.batch;

import dev.neap.backfill.Range;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;

/**
 * Begins jobs and steps, all stored and observed alike. Spring Batch gives its observation registry only to jobs and steps
 * that are beans, and these are made at run time.
 *
 * @param observations what Spring Batch tells about jobs, steps, reads and writes goes there
 */
public record Builders(JobRepository repository, ObservationRegistry observations) {

    JobBuilder job(String name) {
        return new JobBuilder(name, repository).observationRegistry(observations);
    }

    StepBuilder step(String name) {
        return new StepBuilder(name, repository).observationRegistry(observations);
    }

    /** A step of which each chunk is one range. Spring Batch 6.0.4 does not hand the step's registry on to its chunks. */
    ChunkOrientedStepBuilder<Range, Range> ranges(String name) {
        return step(name).<Range, Range>chunk(1).observationRegistry(observations);
    }
}
