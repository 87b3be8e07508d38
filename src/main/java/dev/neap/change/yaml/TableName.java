package dev.neap.change.yaml;

import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table as a change file writes it: schema, dot, name. Each is taken literally; one that holds a dot or a double quote
 * stands in double quotes, with those inside doubled.
 */
final class TableName {

    static final String HOW = "Write the table with its schema, such as public.users.";

    private static final String PART = "(\"(?:[^\"]|\"\")+\"|[^\\s\".](?:[^\".]*[^\\s\".])?)";

    /** For JSON Schema: the same in the regular expressions of ECMA 262. */
    static final String PATTERN = "^" + PART + "\\." + PART + "$";

    private static final Pattern PARTS = Pattern.compile("\\G" + PART + "(\\.|$)");

    private TableName() {}

    static QualifiedName parse(String text) throws Unfit {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PARTS.matcher(text);
        int end = 0;
        boolean dot = true;
        while (dot && matcher.find()) {
            parts.add(unquoted(matcher.group(1)));
            dot = matcher.group(2).equals(".");
            end = matcher.end();
        }
        if (dot || end < text.length()) {
            throw new Unfit(
                    "\"%s\" is no table name.".formatted(text),
                    "Write it as public.users; a part with a dot or a quote in it as \"my.schema\".users.");
        }
        if (parts.size() == 1) {
            throw new Unfit(
                    "Table %s is written without its schema.".formatted(text),
                    "Write the schema in front, such as public.%s.".formatted(text));
        }
        if (parts.size() > 2) {
            throw new Unfit(
                    "Table %s is written in %d parts.".formatted(text, parts.size()),
                    "Write schema and table only; a name with a dot in it stands in double quotes.");
        }
        return new QualifiedName(name(parts.get(0)), name(parts.get(1)));
    }

    private static String unquoted(String part) {
        return part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part;
    }

    private static Identifier name(String part) throws Unfit {
        int bytes = part.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Identifier.MAX_BYTES) {
            throw new Unfit(
                    "The name \"%s\" has %d bytes, and PostgreSQL keeps only %d."
                            .formatted(part, bytes, Identifier.MAX_BYTES),
                    "Write the name that the catalog has.");
        }
        return new Identifier(part);
    }
}
