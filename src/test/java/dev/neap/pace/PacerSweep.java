package dev.neap.pace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
class PacerSweep {
    static void show(String name, Plant p, double from, double cap) {
        System.out.printf("%-50s within %.4f own %.2f of %.2f = %.2f swing %.2f lag mean %.2f max %.2f chunks %d%n", name, p.within(from), p.ownRate(from)/1e6, cap/1e6, p.ownRate(from)/cap, p.swing(from), p.lagMean(from), p.lagMost(from), p.chunks());
    }
    @Test void sweep() {
        for (double limit : new double[] {0.5, 1, 2, 10, 60}) for (double mu : new double[] {1, 10, 40, 200}) for (double noise : new double[] {0, .05, .2}) for (int w : new int[]{1,4}) {
            Plant p = new Plant(Plant.terms(w));
            p.limit = Duration.ofMillis((long) (limit*1000)); p.noise = noise;
            p.standby(mu*1e6);
            p.run(120);
            show("limit "+limit+" mu "+mu+" noise "+noise+" workers "+w, p, 15, Math.min(mu*1e6, w*50e6));
        }
    }
}
