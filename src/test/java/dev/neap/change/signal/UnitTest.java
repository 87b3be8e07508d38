package dev.neap.change.signal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnitTest {

    @ParameterizedTest
    @CsvSource({
        "BYTES,64MB,67108864", "BYTES,512kB,524288", "BYTES_PER_SECOND,20MB/s,20971520", "DURATION,250ms,0.25",
        "DURATION,5min,300", "DURATION,5m,300", "DURATION,1h,3600", "PERCENT,20%,20", "NUMBER,50,50",
        "NUMBER,0.8,0.8", "FACTOR,1.5,1.5"})
    void readsLimits(Unit unit, String text, double value) {
        assertThat(unit.parse(text)).contains(value);
    }

    @ParameterizedTest
    @CsvSource({"BYTES,64", "BYTES,64mb", "BYTES,-1MB", "DURATION,5", "PERCENT,20", "NUMBER,many", "NUMBER,1e9"})
    void readsNothingElse(Unit unit, String text) {
        assertThat(unit.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void itsExampleCanBeRead(Unit unit) {
        assertThat(unit.parse(unit.example())).isPresent();
        assertThat(unit.how()).contains(unit.example());
    }

    @ParameterizedTest
    @CsvSource({
        "BYTES,1536,1.5 kB", "BYTES,67108864,64 MB", "BYTES,900,900 B", "BYTES_PER_SECOND,31457280,30 MB/s",
        "DURATION,2,2.0 s", "DURATION,900,15 min", "DURATION,72000,20.0 h", "PERCENT,19.6,20 %", "NUMBER,0.5,0.50",
        "FACTOR,3,3.0 times"})
    void tellsValues(Unit unit, double value, String words) {
        assertThat(unit.words(value)).isEqualTo(words);
    }

    @Test
    void secretsInUrlsAreSeenAndNeverTold() {
        for (String url : new String[]{
            "postgresql://neap:hidden@berlin/shop", "jdbc:postgresql://berlin/shop?user=neap&password=hidden",
            "http://u:hidden@web/health", "https://web/health?api_key=hidden&x=1",
            "https://web/health?access_token=hidden"}) {
            assertThat(Urls.holdsSecret(url)).as(url).isTrue();
            assertThat(Urls.withoutSecrets(url)).doesNotContain("hidden").contains("//");
        }
        assertThat(Urls.holdsSecret("postgresql://neap@berlin:5432/shop?sslmode=require")).isFalse();
        assertThat(Urls.withoutSecrets("postgresql://neap@berlin:5432/shop?sslmode=require"))
                .isEqualTo("postgresql://berlin:5432/shop");
    }
}
