package dev.neap.batch;

import javax.sql.DataSource;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.Isolation;

/**
 * Spring Batch on the target database itself, so that a chunk's rows, Neap's checkpoint and Batch's metadata commit
 * together.
 *
 * <p>The isolation level for creating executions is the connection's own: the stock SERIALIZABLE would be set for the
 * session, and what it protects against, two processes that start one job, the lease already rules out.
 */
@Configuration(proxyBeanMethods = false)
@EnableBatchProcessing
@EnableJdbcJobRepository(tablePrefix = BatchConfiguration.PREFIX, databaseType = "POSTGRES", isolationLevelForCreate = Isolation.DEFAULT)
public class BatchConfiguration {

    static final String PREFIX = "neap.batch_";

    /** Jobs are made at run time, one for each run and goal. */
    @Bean
    JobRegistry jobRegistry() {
        return new MapJobRegistry();
    }

    @Bean
    JdbcTemplate jdbcTemplate(DataSource dataSource) {
        return new FittingJdbcTemplate(dataSource);
    }

    @Bean
    JdbcTransactionManager transactionManager(DataSource dataSource) {
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        manager.setRollbackOnCommitFailure(true);
        return manager;
    }

}
