package dev.neap.catalog;

import dev.neap.sql.Identifier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** A snapshot as it is stored with its run: JSON with the records' own component names; names are plain strings. */
public final class SnapshotJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Identifier.class, new NameWriter())
                    .addDeserializer(Identifier.class, new NameReader()))
            .build();

    private SnapshotJson() {}

    public static String write(Snapshot snapshot) {
        return MAPPER.writeValueAsString(snapshot);
    }

    /** @throws IllegalArgumentException if the text is not a snapshot that {@link #write} made */
    public static Snapshot read(String json) {
        try {
            return MAPPER.readValue(json, Snapshot.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The stored snapshot can't be read.", e);
        }
    }

    private static final class NameWriter extends StdSerializer<Identifier> {
        NameWriter() {
            super(Identifier.class);
        }

        @Override
        public void serialize(Identifier name, JsonGenerator json, SerializationContext context) {
            json.writeString(name.value());
        }
    }

    private static final class NameReader extends StdDeserializer<Identifier> {
        NameReader() {
            super(Identifier.class);
        }

        @Override
        public Identifier deserialize(JsonParser json, DeserializationContext context) {
            return new Identifier(json.getString());
        }
    }
}
