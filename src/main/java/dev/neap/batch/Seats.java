package dev.neap.batch;

import java.util.function.IntSupplier;

/**
 * How many workers of a step may work at once; may change while they do. When it becomes less, whoever first comes to the end
 * of a chunk makes room: it holds no transaction and no connection, only its place in its segment, from which it goes on once
 * there is room again. Segments that have been begun go before those that have not.
 */
final class Seats {

    private final IntSupplier most;
    private int sitting;
    private int standing;

    /** @param most how many; one may always work, whatever it says */
    Seats(IntSupplier most) {
        this.most = most;
    }

    /** For one worker on one segment, who has not sat down yet. */
    Seat seat() {
        return new Seat();
    }

    private int room() {
        return Math.max(1, most.getAsInt()) - sitting;
    }

    private enum Posture {
        AWAY,
        SITTING,
        STANDING
    }

    /** Where one worker sits, or does not. */
    final class Seat implements AutoCloseable {

        private Posture posture = Posture.AWAY;

        private Seat() {}

        /** Asked before each chunk: whether the worker may do it. Where it may not, it asks again. */
        boolean sit() {
            synchronized (Seats.this) {
                boolean may = switch (posture) {
                    case AWAY -> room() > standing;
                    case STANDING -> room() > 0;
                    case SITTING -> room() >= 0;
                };
                move(may ? Posture.SITTING : posture == Posture.AWAY ? Posture.AWAY : Posture.STANDING);
                return may;
            }
        }

        private void move(Posture to) {
            sitting += (to == Posture.SITTING ? 1 : 0) - (posture == Posture.SITTING ? 1 : 0);
            standing += (to == Posture.STANDING ? 1 : 0) - (posture == Posture.STANDING ? 1 : 0);
            posture = to;
        }

        /** The worker has come to an end, in whatever way. */
        @Override
        public void close() {
            synchronized (Seats.this) {
                move(Posture.AWAY);
            }
        }
    }
}
