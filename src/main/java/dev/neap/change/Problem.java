package dev.neap.change;

/**
 * Why a change can't be carried out as it is written.
 *
 * @param at the place in the file, as a path: {@code operations[0].add_column.type}; empty for the file as a whole
 * @param fact what is wrong, naming the object: one sentence with its full stop
 * @param remedy what to write or do instead: one sentence with its full stop
 */
public record Problem(String at, String fact, String remedy) {

    @Override
    public String toString() {
        return fact + " " + remedy;
    }
}
