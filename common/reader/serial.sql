-- For this transaction: workers that help with a query cost a busy server more than they bring, and there are two sessions.
SELECT pg_catalog.set_config('max_parallel_workers_per_gather', '0', true)
