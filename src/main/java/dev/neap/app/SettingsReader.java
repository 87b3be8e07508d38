package dev.neap.app;

import dev.neap.change.signal.SignalKind;
import dev.neap.cli.CommandFailed;
import dev.neap.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads the settings as Spring Boot would (files, profiles, environment, system properties), without starting it.
 */
final class SettingsReader {

    private static final String LOCATION = "spring.config.location";

    private static final String SIGNALS = "neap.pace.signals";

    private SettingsReader() {}

    /**
     * @param config a directory or file given by the user; empty for ./config, which need not exist
     * @param environment variables
     * @throws CommandFailed if something is wrong with them
     */
    static NeapSettings read(Optional<Path> config, Map<String, String> environment) {
        ConfigurableEnvironment properties = environment(environment);
        Map<String, Object> location = new LinkedHashMap<>();
        if (config.isPresent()) {
            location.put(LOCATION, location(config.get()));
            properties.getPropertySources().addFirst(new MapPropertySource("neapLocation", location));
        } else {
            // Not Boot's other places: an application.yaml beside or in the class path belongs to some other program.
            location.put(LOCATION, "optional:file:./config/");
            properties.getPropertySources().addLast(new MapPropertySource("neapLocation", location));
        }
        return bind(properties);
    }

    private static String location(Path config) {
        if (Files.isDirectory(config)) {
            return "file:" + config.toAbsolutePath() + "/";
        }
        if (Files.isRegularFile(config)) {
            return "file:" + config.toAbsolutePath();
        }
        throw refused("There is no configuration at %s. Give --config a directory or a file that exists."
                .formatted(config));
    }

    private static ConfigurableEnvironment environment(Map<String, String> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.copyOf(variables)));
        return environment;
    }

    private static NeapSettings bind(ConfigurableEnvironment environment) {
        try {
            ConfigDataEnvironmentPostProcessor.applyTo(environment);
            // The environment also holds variables of the launcher's; a mistyped key in a file is a mistake.
            BindHandler strict = new NoUnboundElementsBindHandler(
                    BindHandler.DEFAULT,
                    source -> source
                            .getUnderlyingSource() instanceof org.springframework.core.env.PropertySource<?> from
                            && from.getName().startsWith("Config resource"));
            return Binder.get(environment).bindOrCreate("neap", Bindable.of(NeapSettings.class), strict);
        } catch (BindException e) {
            throw refused(explain(e), e);
        } catch (RuntimeException e) {
            throw refused("The configuration can't be read: %s. Mend it, or name another with --config."
                    .formatted(deepest(e).getMessage()), e);
        }
    }

    private static String explain(BindException error) {
        if (error.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
            TreeSet<String> lines = new TreeSet<>();
            for (ConfigurationProperty property : unbound.getUnboundProperties()) {
                lines.add("Setting %s%s is not known. Correct its name, or remove it."
                        .formatted(property.getName(), origin(property)));
            }
            return String.join("\n", lines);
        }
        Throwable deepest = deepest(error);
        if (error.getName().toString().equals(SIGNALS) && deepest.getMessage() != null
                && deepest.getMessage().startsWith("No enum constant")) {
            // A map's key is bound without a property of its own.
            return "There is no signal %s under %s. Write one of %s.".formatted(
                    deepest.getMessage().replaceFirst(".*\\.", ""), SIGNALS,
                    Stream.of(SignalKind.values()).map(SignalKind::key).collect(Collectors.joining(", ")));
        }
        if (deepest instanceof IllegalArgumentException && String.valueOf(deepest.getMessage()).contains("neap.")) {
            return String.valueOf(deepest.getMessage());
        }
        ConfigurationProperty property = error.getProperty();
        if (property == null) {
            return "Setting %s can't be read: %s. Mend it in the configuration."
                    .formatted(error.getName(), deepest.getMessage());
        }
        boolean secret = property.getName().toString().contains("password");
        return "Setting %s%s is \"%s\", and that is no %s. Write it as the comments of config/application.yaml show."
                .formatted(
                        property.getName(),
                        origin(property),
                        secret ? Secret.MASK : property.getValue(),
                        String.valueOf(error.getTarget().getType().resolve(Object.class).getSimpleName())
                                .toLowerCase(java.util.Locale.ROOT));
    }

    private static String origin(ConfigurationProperty property) {
        return property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
    }

    private static Throwable deepest(Throwable error) {
        Throwable deepest = error;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static CommandFailed refused(String message) {
        return new CommandFailed(ExitCode.USAGE, message);
    }

    private static CommandFailed refused(String message, Throwable cause) {
        return new CommandFailed(ExitCode.USAGE, message, cause);
    }
}
