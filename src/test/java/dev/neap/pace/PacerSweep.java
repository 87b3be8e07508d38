package dev.neap.pace;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerSweep {
    static void show(String name, Plant p, double from, double cap) {
        System.out.printf("%-50s within %.4f own %.2f of %.2f = %.2f swing %.2f lag mean %.2f max %.2f chunks %d%n",
                name, p.within(from), p.ownRate(from) / 1e6, cap / 1e6, p.ownRate(from) / cap, p.swing(from),
                p.lagMean(from), p.lagMost(from), p.chunks());
    }

    static void trace(Plant p, double from, double step) {
        var all = p.since(from);
        int n = (int) Math.round(step * 10);
        for (int i = 0; i + n < all.size(); i += n) {
            var a = all.get(i);
            var b = all.get(i + n);
            System.out.printf("   t %.1f lag %.2f own %.1f replay %.1f%n", b.time(), b.lag(),
                    (b.own() - a.own()) / 1e6 / (b.time() - a.time()),
                    (b.replayed() - a.replayed()) / 1e6 / (b.time() - a.time()));
        }
    }

    @Test
    void scenarios() {
        for (int w : new int[]{1, 4})
            for (double lim : new double[]{2, 10}) {
                System.out.println("== workers " + w + " limit " + lim);
                Plant burst = new Plant(w);
                burst.limit = Duration.ofMillis((long) (lim * 1000));
                burst.others = t -> t > 40 && t < 50 ? 15e6 : t > 70 && t < 71 ? 100e6 : 0;
                burst.standby(20e6).run(120);
                show("burst", burst, 10, 20e6);
                if (w == 1 && lim == 2)
                    trace(burst, 36, 1);
                Plant steady = new Plant(w);
                steady.limit = Duration.ofMillis((long) (lim * 1000));
                steady.others = t -> 12e6 * (1 + .5 * Math.sin(t));
                steady.standby(20e6).run(120);
                show("others 12", steady, 10, 8e6);
                Plant drop = new Plant(w);
                drop.limit = Duration.ofMillis((long) (lim * 1000));
                drop.standby(t -> t < 60 ? 40e6 : 4e6, 0).run(180);
                show("drop to a tenth", drop, 80, 4e6);
                show("  whole", drop, 10, 4e6);
                if (w == 1 && lim == 2)
                    trace(drop, 55, 1);
                Plant two = new Plant(w);
                two.limit = Duration.ofMillis((long) (lim * 1000));
                two.standby(40e6).standby(10e6).run(120);
                show("two", two, 10, 10e6);
                Plant wave = new Plant(w);
                wave.limit = Duration.ofMillis((long) (lim * 1000));
                wave.standby(t -> 20e6 * (1 + .6 * Math.sin(t / 5)), 0).run(200);
                show("wave", wave, 10, 20e6);
                Plant duty = new Plant(w);
                duty.limit = Duration.ofMillis((long) (lim * 1000));
                duty.standby(t -> (t % 0.4) < 0.1 ? 60e6 : 0, 0).run(120);
                show("duty cycle", duty, 10, 15e6);
                Plant idle = new Plant(w);
                idle.limit = Duration.ofMillis((long) (lim * 1000));
                idle.standby(400e6).run(30).run(60);
                show("idle", idle, 10, w * 50e6);
                show("  whole", idle, 0, w * 50e6);
                Plant back = new Plant(w);
                back.limit = Duration.ofMillis((long) (lim * 1000));
                back.standby(t -> 40e6, 72000 * 0.05e6).run(200);
                show("reconnects", back, 0, 40e6);
                trace(back, 85, 3);
                for (double T : new double[]{0.1, 2, 5}) {
                    Plant s = new Plant(w);
                    s.limit = Duration.ofMillis((long) (lim * 1000));
                    s.sampling = T;
                    s.standby(20e6).run(150);
                    show("sampling " + T, s, 30, 20e6);
                }
            }
    }
}
