package dev.neap.change.yaml;

import dev.neap.change.operation.Nearest;
import dev.neap.change.operation.Operation;
import dev.neap.change.yaml.Place.Entry;
import dev.neap.change.yaml.Place.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One entry of {@code operations} or {@code contract}: a mapping of one keyword to the operation's keys.
 *
 * @param contract whether it stands under {@code contract}
 */
record OperationEntry(boolean contract) implements Shape<Operation> {

    private static final String HOW = "Write the operation's name, a colon and its keys: drop_column: {name: email}.";

    /** The operations that may stand here. */
    List<OperationForm> allowed() {
        return OperationForms.ALL.stream()
                .filter(form -> !contract || form.contracts())
                .toList();
    }

    @Override
    public Optional<Operation> read(Place place) {
        if (place.kind() != Kind.MAPPING) {
            place.refuseKind("an operation", HOW);
            return Optional.empty();
        }
        List<Entry> entries = place.entries();
        if (entries.isEmpty() && place.size() == 0) {
            place.refuse(place.label() + " names no operation.", HOW);
        } else if (entries.size() > 1) {
            place.refuse(
                    "%s names %d operations: %s."
                            .formatted(
                                    place.label(),
                                    entries.size(),
                                    entries.stream().map(Entry::key).collect(Collectors.joining(", "))),
                    "Begin each operation with a hyphen of its own, and indent its keys further than its name.");
            if (entries.stream().allMatch(entry -> form(entry).isPresent())) {
                entries.forEach(this::read);
            }
        }
        if (entries.size() != 1) {
            return Optional.empty();
        }
        Optional<Operation> operation = read(entries.getFirst());
        return place.size() == 1 ? operation : Optional.empty();
    }

    private Optional<Operation> read(Entry entry) {
        Optional<OperationForm> form = form(entry);
        if (form.isEmpty()) {
            refuseUnknown(entry);
            return Optional.empty();
        }
        Optional<Operation> operation = form.get().body().read(entry.value());
        if (!allowed().contains(form.get())) {
            entry.value()
                    .refuse(
                            "%s can't stand under contract, which only takes away what old code needed."
                                    .formatted(entry.key()),
                            "Write it under operations.");
            return Optional.empty();
        }
        return operation;
    }

    private static Optional<OperationForm> form(Entry entry) {
        return OperationForms.ALL.stream()
                .filter(form -> form.keyword().equals(entry.key()))
                .findFirst();
    }

    private void refuseUnknown(Entry entry) {
        List<String> known = allowed().stream().map(OperationForm::keyword).toList();
        entry.value()
                .refuse(
                        "There is no operation %s.".formatted(entry.key().isEmpty() ? "\"\"" : entry.key()),
                        Nearest.of(entry.key(), known)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse(
                                        contract
                                                ? "Here may stand " + String.join(", ", known) + "."
                                                : "The operations are " + String.join(", ", known) + "."));
    }
}
