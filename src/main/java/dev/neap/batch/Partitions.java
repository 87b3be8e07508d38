package dev.neap.batch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Segments as Spring Batch's partitions. They are told by name: contexts do not survive every crash. */
final class Partitions {

    private static final String PREFIX = "segment";

    private Partitions() {}

    static Map<String, ExecutionContext> of(Collection<Integer> segments) {
        Map<String, ExecutionContext> contexts = new LinkedHashMap<>();
        segments.forEach(number -> contexts.put(PREFIX + number, new ExecutionContext()));
        return contexts;
    }

    /** The number of the segment that a partition is. */
    static int number(StepExecution execution) {
        String name = execution.getStepName();
        return Integer.parseInt(name.substring(name.lastIndexOf(PREFIX) + PREFIX.length()));
    }
}
