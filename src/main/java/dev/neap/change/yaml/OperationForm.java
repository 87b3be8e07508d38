package dev.neap.change.yaml;

import dev.neap.change.operation.Operation;
import java.util.List;
import java.util.function.Function;

/**
 * How an operation is written in a change file.
 *
 * @param type the operation that it is read as
 * @param doc what it does, for who writes the file; sentences
 * @param contracts whether it may be part of a contract too
 * @param body its keys
 */
record OperationForm(Class<? extends Operation> type, String doc, boolean contracts, Mapping<Operation> body) {

    /** An operation that is written under {@code operations} only. */
    static OperationForm of(
            Class<? extends Operation> type,
            String keyword,
            String doc,
            List<Key<?>> keys,
            Function<Fields, Operation> build) {
        return new OperationForm(type, doc, false, new Mapping<>(keyword, keys, List.of(), build));
    }

    /** The same, under {@code contract} too. */
    OperationForm alsoInContract() {
        return new OperationForm(type, doc, true, body);
    }

    /** The word that stands for the operation. */
    String keyword() {
        return body.name();
    }
}
