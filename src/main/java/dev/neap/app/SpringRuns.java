package dev.neap.app;

import com.zaxxer.hikari.HikariDataSource;
import dev.neap.backfill.Effort;
import dev.neap.batch.BatchConfiguration;
import dev.neap.batch.BatchEngine;
import dev.neap.batch.Builders;
import dev.neap.batch.DdlTasklet;
import dev.neap.batch.Jobs;
import dev.neap.batch.Leftovers;
import dev.neap.batch.PacedStart;
import dev.neap.batch.PassSteps;
import dev.neap.batch.PassTerms;
import dev.neap.catalog.CatalogReader;
import dev.neap.control.Dials;
import dev.neap.control.LiveAttendant;
import dev.neap.ddl.ConcurrentIndexes;
import dev.neap.ddl.DdlExecutor;
import dev.neap.jdbc.Transactions;
import dev.neap.judgement.PlanJudge;
import dev.neap.judgement.Shadows;
import dev.neap.pace.StopFlag;
import dev.neap.pace.Turnstile;
import dev.neap.preflight.Preflight;
import dev.neap.rows.RowPath;
import dev.neap.rows.Transforms;
import dev.neap.run.Admission;
import dev.neap.run.Attendant;
import dev.neap.run.ChangeRuns;
import dev.neap.run.MadeSteps;
import dev.neap.run.ObservedRuns;
import dev.neap.run.RunTerms;
import dev.neap.run.Runs;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What carries out runs, wired with Spring. */
public final class SpringRuns implements AutoCloseable {

    /**
     * The workers' chunks and what reads ahead of them, the heartbeat, what hears requests, some to look around; opened only as they are needed.
     * Signals have connections of their own.
     */
    private static final int CONNECTIONS = 2 * Effort.MOST_WORKERS + 5;

    private final HikariDataSource pool;
    private final Pacing pacing;
    private final Onlookers onlookers;
    private final ConfigurableApplicationContext context;

    private SpringRuns(
            HikariDataSource pool,
            Pacing pacing,
            Onlookers onlookers,
            ConfigurableApplicationContext context) {
        this.pool = pool;
        this.pacing = pacing;
        this.onlookers = onlookers;
        this.context = context;
    }

    /**
     * Has no shutdown hook of its own: the command that opened it closes it, once its work has returned.
     *
     * @param shadows on which a change's own SQL is judged before it runs
     */
    public static SpringRuns open(NeapSettings settings, DatabaseTarget target, Shadows shadows) {
        return open(settings, target, shadows, InstantSource.system());
    }

    /** The same, with another clock for windows and pacing than the system's. */
    public static SpringRuns open(
            NeapSettings settings,
            DatabaseTarget target,
            Shadows shadows,
            InstantSource clock) {
        Onlookers onlookers = Onlookers.open(settings);
        HikariDataSource pool = Database.pool(target, CONNECTIONS, settings.outage().giveUpAfter());
        onlookers.watch(pool);
        Dials dials = new Dials(new Turnstile(new StopFlag()));
        Pacing pacing = new Pacing(settings, new Watching(settings, target, clock), onlookers, dials, clock);
        try {
            SpringApplicationBuilder application = new SpringApplicationBuilder(Wiring.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .registerShutdownHook(false)
                    .properties(Map.of("spring.main.lazy-initialization", "true"))
                    .initializers((GenericApplicationContext beans) -> {
                        beans.registerBean("dataSource", DataSource.class, () -> pool);
                        beans.registerBean(DirectDataSource.class, () -> new DirectDataSource(direct(target)));
                        beans.registerBean(NeapSettings.class, () -> settings);
                        beans.registerBean(PlanJudge.class, () -> new PlanJudge(pool, shadows));
                        beans.registerBean(Dials.class, () -> dials);
                        beans.registerBean(Pacing.class, () -> pacing);
                        beans.registerBean(Onlookers.class, () -> onlookers);
                        // By this name Spring Batch finds it.
                        beans.registerBean(
                                "observationRegistry", ObservationRegistry.class,
                                () -> onlookers.meters().observations());
                        beans.registerBean(InstantSource.class, () -> clock);
                    });
            return new SpringRuns(pool, pacing, onlookers, ApplicationStart.of(application));
        } catch (RuntimeException e) {
            pacing.close();
            pool.close();
            onlookers.close();
            throw e;
        }
    }

    private static DataSource direct(DatabaseTarget target) {
        return new DriverManagerDataSource(target.jdbcUrl(), target.properties());
    }

    public Runs runs() {
        return context.getBean("runs", Runs.class);
    }

    /** Where Prometheus may scrape. */
    public Optional<URI> metrics() {
        return onlookers.meters().address();
    }

    @Override
    public void close() {
        onlookers.hearTheEnd(context.getBean(StopFlag.class).isRaised());
        // First what reads, since the context closes the pool with the other beans.
        pacing.close();
        context.close();
        pool.close();
        onlookers.close();
    }

    /** The beans, in the order in which they build on each other. */
    @Configuration(proxyBeanMethods = false)
    @Import(BatchConfiguration.class)
    static class Wiring {

        @Bean
        Turnstile turnstile(Dials dials) {
            return dials.turnstile();
        }

        @Bean
        StopFlag stopFlag(Turnstile turnstile) {
            return turnstile.stop();
        }

        @Bean
        Attendant attendant(DataSource pool, Dials dials, Pacing pacing) {
            return new LiveAttendant(pool, dials, pacing::signals);
        }

        @Bean
        DdlExecutor ddlExecutor(DataSource pool, DirectDataSource direct, NeapSettings settings, Turnstile turnstile) {
            return new DdlExecutor(
                    new Transactions(pool),
                    new CatalogReader(pool),
                    new ConcurrentIndexes(direct.dataSource(), turnstile.stop()),
                    Terms.locks(settings),
                    turnstile);
        }

        @Bean
        Builders builders(JobRepository repository, ObservationRegistry observations) {
            return new Builders(repository, observations);
        }

        @Bean
        PassSteps passSteps(
                Builders builders,
                JdbcTransactionManager transactions,
                PassTerms terms,
                Turnstile turnstile) {
            return new PassSteps(builders, transactions, terms, turnstile);
        }

        @Bean
        PassTerms passTerms(
                NeapSettings settings,
                Pacing pacing,
                Onlookers onlookers,
                DataSource pool,
                Transforms transforms,
                Dials dials) {
            return new PassTerms(
                    plan -> Terms.tuning(settings, plan.change(), pool),
                    plan -> Terms.effort(settings, plan.change(), dials.get()),
                    pacing::of,
                    onlookers.meters().registry(),
                    new RowPath(pool, transforms));
        }

        @Bean
        Transforms transforms(NeapSettings settings) {
            return new Transforms(settings.transform().jars());
        }

        @Bean
        DdlTasklet.Factory ddlTasklets(
                DataSource pool,
                DdlExecutor ddl,
                Pacing pacing,
                Onlookers onlookers,
                StopFlag stop) {
            return new DdlTasklet.Factory(
                    ddl,
                    new MadeSteps(JdbcClient.create(pool)),
                    new PacedStart(pacing::of, stop),
                    pacing::closed,
                    onlookers.meters().registry());
        }

        @Bean
        BatchEngine engine(
                JobOperator operator,
                JobRegistry registry,
                Builders builders,
                DdlTasklet.Factory ddl,
                PassSteps passes,
                Pacing pacing) {
            return new BatchEngine(
                    operator,
                    registry,
                    new Leftovers(builders.repository()),
                    new Jobs(
                            builders, ddl, passes,
                            (assignment, step) -> pacing.begins(assignment.plan().change(), step)));
        }

        @Bean
        SameClasses sameClasses(BatchEngine engine, DataSource pool, Transforms transforms, NeapSettings settings) {
            return new SameClasses(
                    engine, JdbcClient.create(pool), transforms, settings.transform().changedClass());
        }

        @Bean
        RunTerms runTerms(NeapSettings settings, InstantSource clock) {
            return new RunTerms(
                    settings.lease().ttl(),
                    settings.outage().giveUpAfter(),
                    Version.get(),
                    settings.window().window(),
                    clock);
        }

        @Bean
        Admission admission(DataSource pool, NeapSettings settings, Transforms transforms, PlanJudge judge) {
            return (plan, file, answers) -> {
                TransformsFound.mustBe(transforms, plan.change());
                Watching.mustBePossible(settings, plan.change());
                Preflight.admit(pool, plan, answers);
                judge.admit(plan, file);
            };
        }

        @Bean
        ChangeRuns changeRuns(
                DataSource pool,
                Admission admission,
                SameClasses engine,
                RunTerms terms,
                Attendant attendant) {
            return new ChangeRuns(pool, admission, engine, terms, attendant);
        }

        @Bean
        Runs runs(ChangeRuns runs, Onlookers onlookers) {
            return new ObservedRuns(runs, onlookers::observers);
        }
    }

    /** A data source without a pool, told apart from the pool by its type. */
    record DirectDataSource(DataSource dataSource) {}
}
