-- Spring Batch keeps the steps that a process is at work on in a register, by their ids alone. A process that works on two
-- databases would take the one's step for the other's if both counted from 1.
SELECT setval('neap.batch_step_execution_seq', greatest(nextval('neap.batch_step_execution_seq'), start)),
       setval('neap.batch_job_execution_seq', greatest(nextval('neap.batch_job_execution_seq'), start)),
       setval('neap.batch_job_instance_seq', greatest(nextval('neap.batch_job_instance_seq'), start))
  FROM (SELECT CAST(floor(random() * 1e12) AS bigint) + 1 AS start) AS random_place;
