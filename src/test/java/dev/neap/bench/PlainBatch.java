package dev.neap.bench;

import java.util.Optional;

/** {@link PlainBatchJob} in a process of its own. */
final class PlainBatch implements Contender {

    private final Programs programs;

    PlainBatch(Programs programs) {
        this.programs = programs;
    }

    @Override
    public String id() {
        return "batch";
    }

    @Override
    public String title() {
        return "plain Spring Batch job";
    }

    @Override
    public Effort run(TableCopy copy) {
        String[] arguments = {
            copy.databases().url(copy.database()),
            copy.table().key("%s")
        };
        Programs.Ended ended = programs.main(PlainBatchJob.class, arguments).orThrow("The Spring Batch job");
        return new Effort(Optional.empty(), ended.peakHeap(), Optional.empty());
    }
}
