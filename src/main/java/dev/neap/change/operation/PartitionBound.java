package dev.neap.change.operation;

import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which rows a partition takes. */
public sealed interface PartitionBound {

    /** What stands after {@code PARTITION OF …}. */
    String sql();

    /**
     * From a value up to, and without, another one.
     *
     * @param from text of a value, or {@code minvalue}
     * @param to text of a value, or {@code maxvalue}
     */
    record Between(String from, String to) implements PartitionBound {
        @Override
        public String sql() {
            return "FOR VALUES FROM (%s) TO (%s)".formatted(value(from), value(to));
        }

        private static String value(String text) {
            String word = text.toUpperCase(Locale.ROOT);
            return word.equals("MINVALUE") || word.equals("MAXVALUE") ? word : Literal.of(text);
        }
    }

    /** One of some values, each as text. */
    record Among(List<String> values) implements PartitionBound {
        public Among {
            values = List.copyOf(values);
        }

        @Override
        public String sql() {
            return "FOR VALUES IN (" + values.stream().map(Literal::of).collect(Collectors.joining(", ")) + ")";
        }
    }

    /** A share of the hashes. */
    record Share(int modulus, int remainder) implements PartitionBound {
        @Override
        public String sql() {
            return "FOR VALUES WITH (MODULUS %d, REMAINDER %d)".formatted(modulus, remainder);
        }
    }

    /** What no other partition takes. */
    record Rest() implements PartitionBound {
        @Override
        public String sql() {
            return "DEFAULT";
        }
    }

    /** A partition as the change file names it. */
    record Named(Identifier name, PartitionBound bound) {}
}
