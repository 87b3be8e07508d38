package dev.neap.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final long ROWS = 1_000_000;

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);

    @Test
    void saysNothingUntilThereIsEnoughToSay() {
        Forecast forecast = new Forecast();
        forecast.expect(ROWS);
        assertThat(forecast.total()).isEqualTo(ROWS);
        assertThat(forecast.remaining()).isEmpty();
        go(forecast, 0, 30, 0.001);
        assertThat(forecast.remaining()).isEmpty();
        go(forecast, 30, 60, 0.001);
        assertThat(forecast.remaining()).isPresent();
    }

    /** A hundred passes of a thousand seconds with a rate that wanders: the end lies mostly within what was said. */
    @Test
    void isMostlyRightAboutTheEnd() {
        int right = 0;
        int said = 0;
        for (int pass = 0; pass < 100; pass++) {
            double[] seconds = wandering();
            double end = java.util.Arrays.stream(seconds).sum();
            Forecast forecast = new Forecast();
            forecast.expect(ROWS);
            double now = 0;
            for (int i = 0; i < seconds.length; i++) {
                now += seconds[i];
                forecast.worked(seconds[i], 1_000);
                forecast.stands(new Stretch((i + 1) * 1_000L, 0, OptionalDouble.of((i + 1) / 1_000.0)));
                if (i % 100 == 50) {
                    Remaining remaining = forecast.remaining().orElseThrow();
                    double truth = end - now;
                    said++;
                    right += seconds(remaining.low()) <= truth && truth <= seconds(remaining.high()) ? 1 : 0;
                }
            }
        }
        assertThat(right / (double) said).isBetween(0.75, 0.95);
    }

    @Test
    void narrowsAsThePassGoesOn() {
        Forecast forecast = new Forecast();
        forecast.expect(ROWS);
        go(forecast, 0, 50, 0.001);
        double early = width(forecast);
        go(forecast, 50, 300, 0.001);
        double later = width(forecast);
        go(forecast, 300, 900, 0.001);
        assertThat(early).isGreaterThan(later);
        assertThat(later).isGreaterThan(width(forecast));
    }

    @Test
    void correctsATotalThatWasTooLow() {
        Forecast forecast = new Forecast();
        forecast.expect(ROWS / 4);
        go(forecast, 0, 500, 0.001);
        assertThat(forecast.total()).isBetween(999_000L, 1_001_000L);
        assertThat(forecast.remaining()).isPresent();
    }

    @Test
    void admitsThatItCannotKnow() {
        Forecast forecast = new Forecast();
        forecast.expect(1_000);
        for (int i = 0; i < 100; i++) {
            forecast.worked(1, 1_000);
        }
        forecast.stands(new Stretch(100_000, 0, OptionalDouble.empty()));
        assertThat(forecast.total()).isEqualTo(100_000);
        assertThat(forecast.remaining()).isEmpty();
    }

    private static void go(Forecast forecast, int from, int to, double share) {
        for (int i = from; i < to; i++) {
            forecast.worked(0.25, 1_000);
            forecast.stands(new Stretch((i + 1) * 1_000L, 0, OptionalDouble.of((i + 1) * share)));
        }
    }

    /** Seconds of each of a thousand chunks: noise of each, and a drift that goes to half and double of the speed. */
    private double[] wandering() {
        double[] seconds = new double[1_000];
        double drift = 0;
        for (int i = 0; i < seconds.length; i++) {
            drift = Math.clamp(drift + random.nextGaussian() * 0.02, -0.7, 0.7);
            seconds[i] = Math.exp(drift + random.nextGaussian() * 0.3);
        }
        return seconds;
    }

    private static double width(Forecast forecast) {
        Remaining remaining = forecast.remaining().orElseThrow();
        return seconds(remaining.high()) / seconds(remaining.low());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
