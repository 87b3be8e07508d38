package dev.neap.preflight.check;

/**
 * Something that a check found.
 *
 * @param check the id of the check that found it
 * @param object what it is about: {@code table public.users}, {@code session 4711 (report)}
 * @param fact what is so: one sentence or a few, with full stops
 * @param remedy what to do about it; a sentence with its full stop
 */
public record Finding(Severity severity, String check, String object, String fact, String remedy)
        implements
            Comparable<Finding> {

    /** The worst first; within a severity by check and object, so that two runs print alike. */
    @Override
    public int compareTo(Finding other) {
        return java.util.Comparator.comparing(Finding::severity)
                .thenComparing(Finding::check)
                .thenComparing(Finding::object)
                .thenComparing(Finding::fact)
                .thenComparing(Finding::remedy)
                .compare(this, other);
    }
}
