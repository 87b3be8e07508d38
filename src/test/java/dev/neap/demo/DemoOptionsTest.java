package dev.neap.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

    @Test
    void takeFromAThousandToFiftyMillionRows() {
        assertThat(DemoOptions.ofRows(1_000).rows()).isEqualTo(1_000);
        assertThat(DemoOptions.ofRows(50_000_000).rows()).isEqualTo(50_000_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.ofRows(999))
                .withMessageContaining("Choose from 1,000 to 50,000,000.");
        assertThatIllegalArgumentException().isThrownBy(() -> DemoOptions.ofRows(50_000_001));
    }

    @Test
    void refuseARateOrABaselineThatMeasuresNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DemoOptions(1_000, 0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DemoOptions(1_000, 300, Duration.ZERO));
    }
}
