package dev.neap.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neap.app.DatabaseTarget.Host;
import dev.neap.cli.CommandFailed;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void readsEveryPartOfLibpqsForm() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://app:s%40cr%2Ft@db.example.com:6432/shop?sslmode=verify-full");
        assertThat(url.hosts()).containsExactly(new Host("db.example.com", 6432));
        assertThat(url.database()).contains("shop");
        assertThat(url.user()).contains("app");
        assertThat(url.password()).contains(Secret.of("s@cr/t"));
        assertThat(url.parameters()).isEqualTo(Map.of("sslmode", "verify-full"));
    }

    @Test
    void readsTheDriversForm() {
        DatabaseUrl url = DatabaseUrl
                .parse("jdbc:postgresql://db/shop?user=app&password=a%2Bb&sslmode=require&ssl=true");
        assertThat(url.hosts()).containsExactly(new Host("db", 5432));
        assertThat(url.user()).contains("app");
        assertThat(url.password()).contains(Secret.of("a+b"));
        assertThat(url.parameters()).isEqualTo(Map.of("sslmode", "require", "ssl", "true"));
    }

    @Test
    void readsTheDriversShortForm() {
        DatabaseUrl url = DatabaseUrl.parse("jdbc:postgresql:shop");
        assertThat(url.hosts()).containsExactly(new Host("localhost", 5432));
        assertThat(url.database()).contains("shop");
        assertThat(DatabaseUrl.parse("jdbc:postgresql:/").database()).isEmpty();
    }

    @Test
    void readsSeveralHostsAndIpv6() {
        DatabaseUrl url = DatabaseUrl.parse("postgres://[2001:db8::1]:6432,b,[::1]/shop");
        assertThat(url.hosts())
                .containsExactly(new Host("2001:db8::1", 6432), new Host("b", 5432), new Host("::1", 5432));
    }

    @Test
    void takesHostAndPortFromTheParametersToo() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql:///shop?host=a,b&port=1,2");
        assertThat(url.hosts()).containsExactly(new Host("a", 1), new Host("b", 2));
        assertThat(url.parameters()).isEmpty();
    }

    @Test
    void callsLibpqsParametersAsTheDriverDoes() {
        DatabaseUrl url = DatabaseUrl.parse(
                "postgresql://db/shop?application_name=neap%20ci&target_session_attrs=read-write&connect_timeout=3");
        assertThat(url.parameters())
                .isEqualTo(Map.of("ApplicationName", "neap ci", "targetServerType", "primary", "connectTimeout", "3"));
    }

    @Test
    void leavesOutWhatIsNotSaid() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://");
        assertThat(url.hosts()).containsExactly(new Host("localhost", 5432));
        assertThat(url.database()).isEqualTo(Optional.empty());
        assertThat(url.user()).isEmpty();
        assertThat(url.password()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "mysql://u:hidden@h/d",
        "postgresql://u:hidden@h:x/d",
        "postgresql://u:hidden@h:70000/d",
        "postgresql://u:hid/den@h/d",
        "postgresql://u:hidden@[::1/d",
        "postgresql://u:hidden@h/%zz",
        "jdbc:postgresql://h/d%?password=hidden",
        "postgresql://u:hidden@%2Fvar%2Frun/d"
    })
    void refusesAnythingElseWithoutShowingThePassword(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(CommandFailed.class)
                .hasMessageNotContaining("hid")
                .hasMessageContaining("****")
                .hasMessageContaining("Write postgresql://");
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(DatabaseUrl.masked("postgresql://u:hid@den@h/d?sslmode=require&sslpassword=hidden&x=1"))
                .isEqualTo("postgresql://u:****@h/d?sslmode=require&sslpassword=****&x=1");
        assertThat(DatabaseUrl.parse("postgresql://u:hidden@h/d?sslpassword=hidden").toString())
                .doesNotContain("hidden");
    }
}
