package dev.neap.change.yaml;

import dev.neap.change.yaml.Place.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** Writes the JSON Schema (2020-12) of change files, so that editors complete and check them as they are written. */
public final class SchemaWriter {

    /** Where the schema is shipped, on the class path. */
    public static final String RESOURCE = "/dev/neap/change.schema.json";

    /** The schema as text, the same at every call. */
    public String write() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        return JsonMapper.shared().writer().with(printer).writeValueAsString(schema()) + "\n";
    }

    private static Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Neap change file");
        schema.put("description", "What is to change in one PostgreSQL table.");
        schema.putAll(of(ChangeForm.FORM));
        Map<String, Object> operations = new LinkedHashMap<>();
        for (OperationForm form : OperationForms.ALL) {
            Map<String, Object> operation = new LinkedHashMap<>();
            operation.put("title", form.keyword());
            operation.put("description", form.doc());
            operation.putAll(of(form.body()));
            operations.put(form.keyword(), operation);
        }
        schema.put("$defs", operations);
        return schema;
    }

    private static Map<String, Object> of(Shape<?> shape) {
        return switch (shape) {
            case Scalar<?> scalar -> scalar(scalar);
            case ListOf<?> list -> ordered("type", "array", "minItems", 1, "items", of(list.element()));
            case MapOf<?, ?> map ->
                ordered(
                        "type", "object",
                        "minProperties", 1,
                        "propertyNames", new TreeMap<>(map.key().schema()),
                        "additionalProperties", of(map.value()));
            case Mapping<?> mapping -> mapping(mapping);
            case OperationEntry entry -> entry(entry);
            case WindowShape window ->
                ordered("anyOf", List.of(of(WindowShape.ENTRY), of(WindowShape.ENTRIES)));
        };
    }

    private static Map<String, Object> scalar(Scalar<?> scalar) {
        List<String> types = Stream.of(Kind.values())
                .filter(scalar.kinds()::contains)
                .flatMap(kind -> type(kind).stream())
                .distinct()
                .toList();
        Map<String, Object> schema = ordered("type", types.size() == 1 ? types.getFirst() : types);
        schema.putAll(new TreeMap<>(scalar.schema()));
        return schema;
    }

    private static List<String> type(Kind kind) {
        return switch (kind) {
            case TEXT -> List.of("string");
            case INTEGER -> List.of("integer");
            case DECIMAL -> List.of("number");
            case FLAG -> List.of("boolean");
            case NOTHING, LIST, MAPPING, ALIAS -> List.of();
        };
    }

    private static Map<String, Object> mapping(Mapping<?> mapping) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Key<?> key : mapping.keys()) {
            Map<String, Object> property = ordered("description", key.doc());
            property.putAll(of(key.shape()));
            property.put("examples", List.of(key.example()));
            properties.put(key.name(), property);
        }
        Map<String, Object> schema = ordered("type", "object", "additionalProperties", false);
        List<String> required = mapping.keys().stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!mapping.anyOf().isEmpty()) {
            List<Object> choices = new ArrayList<>();
            mapping.anyOf().forEach(key -> choices.add(Map.of("required", List.of(key))));
            schema.put("anyOf", choices);
        }
        schema.put("properties", properties);
        return schema;
    }

    private static Map<String, Object> entry(OperationEntry entry) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (OperationForm form : entry.allowed()) {
            properties.put(
                    form.keyword(), ordered("description", form.doc(), "$ref", "#/$defs/" + form.keyword()));
        }
        return ordered(
                "type", "object",
                "additionalProperties", false,
                "minProperties", 1,
                "maxProperties", 1,
                "properties", properties);
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            ordered.put((String) pairs[i], pairs[i + 1]);
        }
        return ordered;
    }
}
