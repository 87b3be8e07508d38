package dev.neap.rows;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Arrays as PostgreSQL writes them (manual, 8.15.2 and 8.15.6). */
final class ArrayText {

    private final String text;
    private final Function<String, Object> element;
    private int at;

    private ArrayText(String text, Function<String, Object> element) {
        this.text = text;
        this.element = element;
        this.at = text.indexOf('{');
    }

    /**
     * {@code {"a","b",NULL}}: every element in quotes, so that only their own characters need care.
     *
     * @param delimiter between elements: a comma, except for a few types ({@code pg_type.typdelim})
     */
    static String of(Collection<? extends @Nullable String> elements, char delimiter) {
        Growing array = new Growing(delimiter);
        elements.forEach(array::add);
        return array.text();
    }

    /** One that grows. */
    static final class Growing {

        private final StringBuilder array = new StringBuilder().append('{');
        private final char delimiter;

        /** @param delimiter as above */
        Growing(char delimiter) {
            this.delimiter = delimiter;
        }

        void add(@Nullable String value) {
            if (array.length() > 1) {
                array.append(delimiter);
            }
            append(array, value);
        }

        /** How many characters it has so far. */
        int length() {
            return array.length();
        }

        /** All of it; nothing may be added any more. */
        String text() {
            return array.append('}').toString();
        }
    }

    private static void append(StringBuilder array, @Nullable String value) {
        if (value == null) {
            array.append("NULL");
            return;
        }
        array.append('"');
        if (value.indexOf('"') < 0 && value.indexOf('\\') < 0) {
            array.append(value);
        } else {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\') {
                    array.append('\\');
                }
                array.append(c);
            }
        }
        array.append('"');
    }

    /**
     * The elements of an array with commas, null for NULL, and lists of lists where it has several dimensions. Lower bounds
     * ({@code [0:1]={a,b}}) are passed over.
     */
    static List<@Nullable Object> parse(String text, Function<String, Object> element) {
        return new ArrayText(text, element).list();
    }

    private List<@Nullable Object> list() {
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        while (text.charAt(at) != '}') {
            switch (text.charAt(at)) {
                case '{' -> elements.add(list());
                case '"' -> elements.add(element.apply(quoted()));
                case ',' -> at++;
                default -> {
                    String bare = bare();
                    elements.add(bare.equals("NULL") ? null : element.apply(bare));
                }
            }
        }
        at++;
        return elements;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
            }
            value.append(text.charAt(at++));
        }
        at++;
        return value.toString();
    }

    private String bare() {
        int begin = at;
        while (text.charAt(at) != ',' && text.charAt(at) != '}') {
            at++;
        }
        return text.substring(begin, at);
    }
}
