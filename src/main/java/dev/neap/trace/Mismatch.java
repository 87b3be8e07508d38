package dev.neap.trace;

/**
 * One difference between what a step did and what its plan says.
 *
 * @param object the relation, in words: {@code table public.users}
 * @param fact what is so: one sentence with its full stop
 * @param remedy what to do: one sentence with its full stop
 * @param allowance what a change file would have to say to allow it: {@code work: scan}
 */
public record Mismatch(String object, String fact, String remedy, String allowance) {

    @Override
    public String toString() {
        return fact + " " + remedy;
    }
}
