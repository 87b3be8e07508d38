package dev.neap.pace;

import static dev.neap.pace.Plant.MB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neap.pace.Plant.Sample;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The control law, on simulated standbys. A worker writes 50 MB of WAL in a second of work, if it is not said otherwise. */
class PacerPlantTest {

    @ParameterizedTest
    @CsvSource({
        "1, 10, 10, 0", "4, 10, 10, 0", "1, 2, 10, 0", "4, 2, 10, 0", "1, 1, 40, 0", "4, 10, 1, 0", "1, 60, 10, 0",
        "1, 2, 10, 0.1", "4, 2, 40, 0.1", "4, 10, 10, 0.1", "1, 10, 40, 0.2"
    })
    void writesAsMuchAsASlowStandbyReplaysAndKeepsItWithinItsLimit(
            int workers,
            int limit,
            double replays,
            double noise) {
        Plant plant = plant(workers, limit);
        plant.noise = noise;
        plant.standby(replays * MB).run(120);

        assertThat(plant.within(10)).as("within the limit").isGreaterThanOrEqualTo(0.99);
        assertThat(plant.ownRate(10)).as("bytes a second").isBetween(0.95 * replays * MB, 1.05 * replays * MB);
        assertThat(plant.lagMean(15)).as("seconds behind").isBetween(0.15 * Math.min(limit, 12), 0.4 * limit);
        assertThat(plant.swing(15)).as("swing").isLessThan(0.5);
    }

    @Test
    void doesNotSawBetweenFullSpeedAndStandingStill() {
        Plant plant = plant(1, 10).standby(30 * MB).run(120);

        assertThat(plant.swing(15)).isLessThan(0.1);
        assertThat(plant.lagMost(15) - plant.lagMean(15)).isLessThan(0.5);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "4, 0", "1, 0.2", "4, 0.2"})
    void letsAFastStandbyBe(int workers, double noise) {
        Plant plant = plant(workers, 10);
        plant.noise = noise;
        plant.standby(400 * MB).run(60);

        assertThat(plant.ownRate(4)).isGreaterThan(0.99 * workers * 50 * MB);
    }

    @Test
    void reachesFullSpeedWithinThreeSecondsOfItsBeginning() {
        Plant plant = plant(1, 10).standby(400 * MB).run(10);

        assertThat(plant.ownRate(3)).isGreaterThan(0.95 * 50 * MB);
    }

    @Test
    void followsTheSlowestOfTwoStandbys() {
        Plant plant = plant(2, 2).standby(40 * MB).standby(10 * MB).run(120);

        assertThat(plant.within(10)).isGreaterThanOrEqualTo(0.99);
        assertThat(plant.ownRate(10)).isBetween(9.5 * MB, 10.5 * MB);
    }

    @Test
    void leavesRoomForWhatOthersWrite() {
        Plant plant = plant(1, 2);
        plant.others = time -> 12 * MB * (1 + 0.5 * Math.sin(time));
        plant.standby(20 * MB).run(120);

        assertThat(plant.within(10)).isGreaterThanOrEqualTo(0.99);
        assertThat(plant.ownRate(10)).isBetween(7.6 * MB, 8.4 * MB);
    }

    @Test
    void yieldsToABurstOfOthersAndReturnsAfterIt() {
        Plant plant = plant(2, 2);
        plant.others = time -> time > 40 && time < 50 ? 15 * MB : 0;
        plant.standby(20 * MB).run(80);

        assertThat(plant.within(10)).isGreaterThanOrEqualTo(0.99);
        assertThat(own(plant, 44, 50)).isLessThan(6 * MB);
        assertThat(own(plant, 55, 79)).isGreaterThan(19 * MB);
    }

    @Test
    void standsStillWhileABurstOfOthersIsTooMuchByItself() {
        Plant plant = plant(1, 2);
        plant.others = time -> time > 30 && time < 31 ? 150 * MB : 0;
        plant.standby(20 * MB).run(60);

        assertThat(own(plant, 32, 37)).isZero();
        assertThat(own(plant, 50, 59)).isGreaterThan(18 * MB);
    }

    @Test
    void followsAStandbyThatBecomesSlower() {
        Plant plant = plant(1, 2);
        plant.standby(time -> time < 40 ? 40 * MB : 15 * MB, 0).run(100);

        assertThat(own(plant, 20, 39)).isGreaterThan(38 * MB);
        assertThat(own(plant, 60, 99)).isBetween(14 * MB, 16 * MB);
        assertThat(plant.within(50)).isGreaterThanOrEqualTo(0.99);
    }

    @Test
    void copesWithAStandbyThatOnlyReplaysNowAndThen() {
        Plant plant = plant(1, 2).standby(time -> time % 0.4 < 0.1 ? 60 * MB : 0, 0).run(120);

        assertThat(plant.within(10)).isGreaterThanOrEqualTo(0.99);
        assertThat(plant.ownRate(10)).isGreaterThan(0.95 * 15 * MB);
    }

    /** As restartpoints, queries on the standby and a busy machine make it: the mean of what it can replay is 8 MB/s. */
    @ParameterizedTest
    @CsvSource({"0.5, 3, 0", "0.3, 2, 0", "0.1, 1, 0", "0.5, 3, 0.1", "0.3, 2, 0.1", "0.1, 1, 0.1"})
    void keepsAStandbyThatDropsNowAndThenWithinItsLimitAndBusy(double to, double seconds, double noise) {
        Plant plant = plant(1, 2);
        plant.perSecondOfWork = 20 * MB;
        plant.noise = noise;
        plant.standby(time -> inBursts(time) * (dropped(time, seconds) ? to : 1) * 8 * MB, 0).run(300);

        assertThat(plant.within(10)).as("within the limit").isGreaterThanOrEqualTo(0.99);
        assertThat(plant.use(10)).as("of what it can replay").isGreaterThan(0.97);
    }

    /** As indexes, page images after a checkpoint and the load of others make it: from 0.3 to 1.7 times as much as usual. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.4, 0.8, 1.5, 3})
    void keepsAStandbyBusyWhileWhatASecondOfWorkWritesChangesAllTheTime(double seconds) {
        Plant plant = plant(1, 2);
        plant.perSecondOfWork = 20 * MB;
        plant.costs = time -> 0.3 + 1.4 * chance((long) (time / seconds) + 77);
        plant.standby(time -> inBursts(time) * 8 * MB, 0).run(300);

        assertThat(plant.within(10)).as("within the limit").isGreaterThanOrEqualTo(0.99);
        assertThat(plant.use(10)).as("of what it can replay").isGreaterThan(0.98);
        assertThat(plant.idle(10)).as("without work").isLessThan(0.01);
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "2, 60"})
    void keepsAStandbyWhoseSpeedChangesAllTheTimeWithinItsLimitAndBusy(int workers, double perSecondOfWork) {
        Plant plant = plant(workers, 2);
        plant.perSecondOfWork = perSecondOfWork * MB;
        plant.standby(time -> inBursts(time) * (0.4 + 1.2 * chance((long) (time / 1.5))) * 8 * MB, 0).run(300);

        assertThat(plant.within(10)).as("within the limit").isGreaterThanOrEqualTo(0.99);
        assertThat(plant.use(10)).as("of what it can replay").isGreaterThan(0.95);
    }

    /** After a hold the backlog tells how fast work may go; nothing has to be regained second by second. */
    @Test
    void goesOnWithWhatTheStandbyReplaysAsSoonAsAHoldIsOver() {
        Plant plant = plant(1, 2);
        plant.perSecondOfWork = 20 * MB;
        plant.standby(time -> time > 40 && time < 44 ? 0 : 10 * MB, 0).run(60);

        assertThat(own(plant, 42, 44)).as("while it stands still").isZero();
        assertThat(own(plant, 46, 50)).as("after it").isGreaterThan(9 * MB);
    }

    /** A fifth of the time, five times as fast: one that stands still for 80 ms of each 100. */
    private static double inBursts(double time) {
        return time % 0.1 < 0.02 ? 5 : 0;
    }

    /** Once in 15 s. */
    private static boolean dropped(double time, double seconds) {
        double begin = 15 * Math.floor(time / 15) + chance((long) (time / 15)) * (15 - seconds);
        return time >= begin && time < begin + seconds;
    }

    /** From 0 to 1, always the same for the same number. */
    private static double chance(long number) {
        return new Random(number * 7_919 + 13).doubles(2).skip(1).findFirst().orElseThrow();
    }

    @Test
    void waitsForAStandbyThatIsTwentyHoursBehindAndThenReturnsSlowly() {
        double behind = 20 * 3_600 * 0.05 * MB;
        Plant plant = plant(4, 10).standby(time -> 40 * MB, behind).run(200);
        double caughtUp = behind / (40 * MB);

        assertThat(own(plant, 0, caughtUp - 2)).as("while it is behind").isZero();
        assertThat(own(plant, caughtUp, caughtUp + 3)).as("at first").isLessThan(0.25 * 4 * 50 * MB);
        assertThat(own(plant, caughtUp + 20, 199)).as("in the end").isBetween(38 * MB, 42 * MB);
        assertThat(plant.within(caughtUp + 5)).as("nothing was saved up meanwhile").isEqualTo(1.0);
    }

    @Test
    void runsNotOneChunkWhileTheProbeIsDead() {
        Plant plant = plant(4, 10).standby(400 * MB).run(20);
        plant.probeDead = true;
        plant.run(1);
        int chunks = plant.chunks();

        plant.run(60);
        assertThat(plant.chunks()).isEqualTo(chunks);

        plant.probeDead = false;
        plant.run(2);
        assertThat(plant.chunks()).isGreaterThan(chunks);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 2", "2, 2", "2, 10", "5, 10"})
    void worksWithReadingsThatAreFrequentOrRare(double sampling, int limit) {
        Plant plant = plant(1, limit);
        plant.sampling = sampling;
        plant.standby(20 * MB).run(150);

        assertThat(plant.within(30)).isGreaterThanOrEqualTo(0.99);
        assertThat(plant.ownRate(30)).isBetween(0.9 * 20 * MB, 1.1 * 20 * MB);
    }

    @Test
    void keepsABacklogOfBytesAtTwoFifthsOfItsLimit() {
        Plant plant = plant(1, 60);
        plant.maxBytes = 20 * (long) MB;
        plant.standby(20 * MB).run(100);

        assertThat(plant.lagMean(20) * 20).as("MB behind").isBetween(6.0, 10.0);
        assertThat(plant.ownRate(20)).isGreaterThan(0.95 * 20 * MB);
    }

    private static Plant plant(int workers, int limit) {
        Plant plant = new Plant(workers);
        plant.limit = Duration.ofSeconds(limit);
        return plant;
    }

    private static double own(Plant plant, double from, double to) {
        var part = plant.since(from).stream().filter(sample -> sample.time() <= to).toList();
        Sample first = part.getFirst();
        Sample last = part.getLast();
        return (last.own() - first.own()) / (last.time() - first.time());
    }
}
