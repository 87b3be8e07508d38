package dev.neap.plan;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds maps and sets whose order differs from process to process. A plan's fingerprint is made of what the plan prints,
 * and another process has to come to the same one.
 */
public final class SaltedOrder {

    private final List<String> found = new ArrayList<>();

    private SaltedOrder() {}

    /** Where a plan holds such a map or set of more than one element, as a path; none if it prints the same everywhere. */
    public static List<String> in(Plan plan) {
        SaltedOrder order = new SaltedOrder();
        plan.steps().forEach(planned -> order.look(planned.id().value(), planned.step()));
        plan.grounds().forEach(ground -> order.look("walk of " + ground.table().name(), ground.walk()));
        return order.found;
    }

    private void look(String path, Object value) {
        switch (value) {
            case Optional<?> optional -> optional.ifPresent(inner -> look(path, inner));
            case Map<?, ?> map -> {
                refuse(path, map, map.size());
                map.forEach((key, inner) -> look(path + "." + key, inner));
            }
            case Collection<?> many -> {
                if (many instanceof Set) {
                    refuse(path, many, many.size());
                }
                many.forEach(inner -> look(path + "[]", inner));
            }
            case Record part -> {
                for (RecordComponent component : part.getClass().getRecordComponents()) {
                    look(path + "." + component.getName(), value(component, part));
                }
            }
            default -> {
                // Text, numbers and constants print the same everywhere.
            }
        }
    }

    private void refuse(String path, Object many, int size) {
        String kind = many.getClass().getName();
        if (size > 1 && (kind.startsWith("java.util.ImmutableCollections") || kind.startsWith("java.util.Hash"))) {
            found.add(path);
        }
    }

    private static Object value(RecordComponent component, Record part) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(part);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
