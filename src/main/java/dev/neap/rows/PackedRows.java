package dev.neap.rows;

import dev.neap.rows.Outcome.Changed;
import dev.neap.rows.Outcome.Unfit;
import dev.neap.step.RowWork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Transformed rows as the arrays that statements take: a fraction of the memory that rows take, so that many can wait for
 * their strand.
 *
 * @param count of rows to be written
 * @param identities versions, and a column of the key each, of those
 * @param values a column each, of those
 * @param unfit rows that do not fit
 * @param some of those to be written, as they were read
 */
record PackedRows(int count, List<String> identities, List<String> values, List<Unfit> unfit, List<ReadRow> some) {

    /** Of these outcomes, with so many as they were read. */
    static PackedRows of(RowSource from, RowWork.Transform work, List<Outcome> outcomes, int some) {
        Packing packing = new Packing(from, work, some);
        outcomes.forEach(packing::add);
        return packing.rows();
    }

    /** How many characters all arrays have. */
    long chars() {
        return Stream.concat(identities.stream(), values.stream()).mapToLong(String::length).sum();
    }

    /** Packs row after row. */
    static final class Packing {

        private final List<ArrayText.Growing> identities;
        private final List<ArrayText.Growing> values;
        private final List<Unfit> unfit = new ArrayList<>();
        private final List<ReadRow> some = new ArrayList<>();
        private final int most;
        private int count;

        /**
         * @param most how many are kept as they were read
         */
        Packing(RowSource from, RowWork.Transform work, int most) {
            this.identities = Stream.generate(() -> new ArrayText.Growing(','))
                    .limit(1L + from.key().size())
                    .toList();
            this.values = work.writes()
                    .stream()
                    .map(column -> new ArrayText.Growing(from.type(column).parameterDelimiter()))
                    .toList();
            this.most = most;
        }

        void add(Outcome outcome) {
            switch (outcome) {
                case Outcome.Left left -> {
                }
                case Changed row -> changed(row);
                case Unfit row -> unfit.add(row);
            }
        }

        private void changed(Changed row) {
            identities.getFirst().add(row.read().version());
            for (int i = 0; i < row.read().key().size(); i++) {
                identities.get(1 + i).add(row.read().key().get(i));
            }
            for (int i = 0; i < values.size(); i++) {
                values.get(i).add(row.values().get(i));
            }
            if (some.size() < most) {
                some.add(row.read());
            }
            count++;
        }

        PackedRows rows() {
            return new PackedRows(count, texts(identities), texts(values), List.copyOf(unfit), List.copyOf(some));
        }

        private static List<String> texts(List<ArrayText.Growing> arrays) {
            return arrays.stream().map(ArrayText.Growing::text).toList();
        }
    }
}
