package dev.neap.change.operation;

import dev.neap.change.operation.PartitionBound.Between;
import dev.neap.change.operation.PartitionBound.Named;
import dev.neap.sql.Identifier;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Partitions of equal length, one after the other. */
sealed interface Stretches {

    /** The partitions, each named after its beginning. */
    List<Named> partitions(Identifier table);

    /**
     * Of time; days begin at midnight UTC.
     *
     * @param period more than nothing; months, or days
     * @param from the first day of the first
     * @param to the day after the last
     */
    record OfTime(Period period, LocalDate from, LocalDate to) implements Stretches {
        public OfTime {
            if (!from.plus(period).isAfter(from) || !to.isAfter(from)) {
                throw new IllegalArgumentException("The stretches from %s to %s do not go on.".formatted(from, to));
            }
        }

        @Override
        public List<Named> partitions(Identifier table) {
            List<Named> partitions = new ArrayList<>();
            LocalDate begin = from;
            // One more than may be, so that whoever counts them sees that there are too many.
            for (int i = 1; begin.isBefore(to) && i <= PartitionScheme.MOST + 1; i++) {
                // From the first one: the 31st of a month must not become the 28th for good.
                LocalDate end = from.plus(period.multipliedBy(i));
                partitions.add(new Named(
                        Identifier.shortened(table.value(), suffix(begin)),
                        new Between(midnight(begin), midnight(end.isBefore(to) ? end : to))));
                begin = end;
            }
            return partitions;
        }

        private String suffix(LocalDate begin) {
            if (period.getDays() > 0) {
                return String.format(
                        Locale.ROOT, "_%04d_%02d_%02d", begin.getYear(), begin.getMonthValue(), begin.getDayOfMonth());
            }
            return period.getMonths() > 0
                    ? String.format(Locale.ROOT, "_%04d_%02d", begin.getYear(), begin.getMonthValue())
                    : String.format(Locale.ROOT, "_%04d", begin.getYear());
        }

        /** A date and a timestamp without time zone leave out what they have no use for. */
        private static String midnight(LocalDate day) {
            return day + " 00:00:00+00";
        }
    }

    /**
     * Of whole numbers.
     *
     * @param size more than 0
     */
    record OfNumbers(BigInteger size, BigInteger from, BigInteger to) implements Stretches {
        public OfNumbers {
            if (size.signum() <= 0 || to.compareTo(from) <= 0) {
                throw new IllegalArgumentException("The stretches from %s to %s do not go on.".formatted(from, to));
            }
        }

        @Override
        public List<Named> partitions(Identifier table) {
            List<Named> partitions = new ArrayList<>();
            BigInteger begin = from;
            while (begin.compareTo(to) < 0 && partitions.size() <= PartitionScheme.MOST) {
                BigInteger end = begin.add(size).min(to);
                partitions.add(new Named(
                        Identifier.shortened(table.value(), "_from_" + begin.toString().replace('-', 'm')),
                        new Between(begin.toString(), end.toString())));
                begin = end;
            }
            return partitions;
        }
    }
}
