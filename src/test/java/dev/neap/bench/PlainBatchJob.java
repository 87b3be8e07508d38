package dev.neap.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcPagingItemReader;
import org.springframework.batch.infrastructure.item.database.Order;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcPagingItemReaderBuilder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The job that a Java team writes by the book: pages of 1,000 rows are read, each row is transformed in Java, 1,000 rows
 * are written as a JDBC batch in one transaction, and the job repository is in the same database.
 */
@Configuration(proxyBeanMethods = false)
@EnableBatchProcessing
@EnableJdbcJobRepository(databaseType = "POSTGRES")
class PlainBatchJob {

    private static final int CHUNK = 1_000;

    /** @param arguments the JDBC URL, and the key's columns with commas between */
    public static void main(String... arguments) throws Exception {
        List<String> key = List.of(arguments[1].split(", "));
        try (HikariDataSource source = new HikariDataSource();
                AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            source.setJdbcUrl(arguments[0]);
            new ResourceDatabasePopulator(new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"))
                    .execute(source);
            context.registerBean(DataSource.class, () -> source);
            context.register(PlainBatchJob.class);
            context.refresh();
            JobRepository repository = context.getBean(JobRepository.class);
            Job job = new JobBuilder("normalize-email", repository)
                    .start(step(repository, context.getBean(JdbcTransactionManager.class), source, key))
                    .build();
            JobExecution execution = context.getBean(JobOperator.class).start(job, new JobParameters());
            if (execution.getStatus() != BatchStatus.COMPLETED) {
                throw new IllegalStateException(execution.toString(), execution.getAllFailureExceptions()
                        .stream()
                        .findFirst()
                        .orElse(null));
            }
        }
    }

    @Bean
    JdbcTransactionManager transactionManager(DataSource source) {
        return new JdbcTransactionManager(source);
    }

    private static Step step(
            JobRepository repository,
            JdbcTransactionManager transactions,
            DataSource source,
            List<String> key)
            throws Exception {
        return new StepBuilder("normalize-email", repository)
                .<Map<String, Object>, Map<String, Object>>chunk(CHUNK)
                .transactionManager(transactions)
                .reader(reader(source, key))
                .processor(PlainBatchJob::normalize)
                .writer(writer(source, key))
                .build();
    }

    private static JdbcPagingItemReader<Map<String, Object>> reader(DataSource source, List<String> key)
            throws Exception {
        Map<String, Order> order = new LinkedHashMap<>();
        key.forEach(column -> order.put(column, Order.ASCENDING));
        List<String> columns = new ArrayList<>(key);
        columns.add("email");
        return new JdbcPagingItemReaderBuilder<Map<String, Object>>()
                .name("users")
                .dataSource(source)
                .selectClause(String.join(", ", columns))
                .fromClause("public.users")
                .sortKeys(order)
                .pageSize(CHUNK)
                .rowMapper((row, n) -> {
                    Map<String, Object> values = new HashMap<>();
                    for (String column : columns) {
                        values.put(column, row.getObject(column));
                    }
                    return values;
                })
                .build();
    }

    private static Map<String, Object> normalize(Map<String, Object> row) {
        row.put("normalized", String.valueOf(row.get("email")).strip().toLowerCase(Locale.ROOT));
        return row;
    }

    private static JdbcBatchItemWriter<Map<String, Object>> writer(DataSource source, List<String> key) {
        String here = key.stream().map("%1$s = :%1$s"::formatted).collect(Collectors.joining(" AND "));
        JdbcBatchItemWriter<Map<String, Object>> writer = new JdbcBatchItemWriterBuilder<Map<String, Object>>()
                .dataSource(source)
                .sql("UPDATE public.users SET email_normalized = :normalized WHERE " + here)
                .columnMapped()
                .build();
        writer.afterPropertiesSet();
        return writer;
    }
}
