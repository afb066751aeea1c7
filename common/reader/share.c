/*
 * share.c - two sessions, one snapshot, one catalog.
 */
#include "build.h"

#include <pthread.h>

#include "base/log.h"
#include "postgres/sql.h"
#include "reader/serial.sql.h"
#include "reader/share.h"

struct share {
	struct connection *second;
	const struct pipeline_query *queries;
	size_t count;
	pthread_t thread;
	bool running;
	pthread_mutex_t lock; /* of the struct collect, and of what follows */
	pthread_cond_t changed;
	bool released;
	bool abandoned;
	int failed; /* of the thread, after it was joined */
	struct error error;
};

/* What stands before a query's own handlers. */
struct guard {
	struct share *share;
	struct pipeline_query query;
	bool second;
};

static int
join_snapshot(struct connection *first, struct connection *second, struct error *error)
{
	char *snapshot = NULL;
	struct buffer sql = BUFFER_INIT;
	int failed = connection_prepare_for_catalog(second, 0, 0, error);
	if (failed == 0)
		failed = connection_query_value(first, "SELECT pg_catalog.pg_export_snapshot()", 0, NULL, &snapshot, error);
	if (failed == 0)
		failed = connection_execute(second, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", error);
	if (failed == 0) {
		sql_append(&sql, "SET TRANSACTION SNAPSHOT %L", snapshot);
		failed = connection_execute(second, buffer_text(&sql), error);
	}
	if (failed == 0)
		failed = connection_execute(second, serial_sql, error);
	buffer_fini(&sql);
	free(snapshot);
	return failed;
}

struct share *
share_new(struct connection *first)
{
	struct error error = { 0 };
	struct connection *second = NULL;
	if (connection_clone(first, &second, &error) != 0 || join_snapshot(first, second, &error) != 0) {
		log_event(LOG_DEBUG, "read.alone", "the catalog is read by one session: %s", error.primary);
		connection_close(second);
		error_clear(&error);
		return NULL;
	}
	connection_arm_cancel(second);
	struct share *share = xcalloc(1, sizeof(*share));
	share->second = second;
	pthread_mutex_init(&share->lock, NULL);
	pthread_cond_init(&share->changed, NULL);
	return share;
}

static int
guard_begin(void *context, const PGresult *shape, struct error *error)
{
	struct guard *guard = context;
	struct share *share = guard->share;
	int failed = 0;
	pthread_mutex_lock(&share->lock);
	while (guard->second && !share->released && !share->abandoned)
		pthread_cond_wait(&share->changed, &share->lock);
	if (guard->second && share->abandoned)
		failed = error_set(error, ERROR_FAILED, "the other session's read failed");
	if (failed == 0 && guard->query.begin != NULL)
		failed = guard->query.begin(guard->query.context, shape, error);
	pthread_mutex_unlock(&share->lock);
	return failed;
}

static int
guard_row(void *context, const PGresult *result, struct error *error)
{
	struct guard *guard = context;
	pthread_mutex_lock(&guard->share->lock);
	int failed = guard->query.row(guard->query.context, result, error);
	pthread_mutex_unlock(&guard->share->lock);
	return failed;
}

/* Not under the lock: what ends a query may wait for the other session. */
static int
guard_end(void *context, struct error *error)
{
	struct guard *guard = context;
	return guard->query.end(guard->query.context, error);
}

struct pipeline_query
share_guard(struct share *share, struct arena *arena, struct pipeline_query query, bool second)
{
	struct guard *guard = arena_zalloc(arena, sizeof(*guard));
	*guard = (struct guard){ share, query, second };
	query.begin = guard_begin;
	query.row = guard_row;
	query.end = query.end != NULL ? guard_end : NULL;
	query.context = guard;
	return query;
}

static void *
run_thread(void *argument)
{
	struct share *share = argument;
	share->failed = pipeline_run(share->second, share->queries, share->count, &share->error);
	return NULL;
}

void
share_start(struct share *share, const struct pipeline_query *queries, size_t count)
{
	share->queries = queries;
	share->count = count;
	share->running = pthread_create(&share->thread, NULL, run_thread, share) == 0;
}

static void
signal_change(struct share *share, bool *flag)
{
	pthread_mutex_lock(&share->lock);
	*flag = true;
	pthread_cond_broadcast(&share->changed);
	pthread_mutex_unlock(&share->lock);
}

void
share_release(struct share *share)
{
	signal_change(share, &share->released);
}

int
share_join(struct share *share, struct error *error)
{
	if (!share->running)
		return error_set(error, ERROR_SYSTEM, "could not start a thread");
	pthread_join(share->thread, NULL);
	share->running = false;
	if (share->failed != 0)
		error_move(error, &share->error);
	return share->failed;
}

void
share_free(struct share *share)
{
	if (share == NULL)
		return;
	if (share->running) {
		char message[256];
		signal_change(share, &share->abandoned);
		PGcancel *cancel = PQgetCancel(connection_handle(share->second));
		if (cancel != NULL)
			PQcancel(cancel, message, sizeof(message));
		PQfreeCancel(cancel);
		pthread_join(share->thread, NULL);
	}
	connection_close(share->second);
	error_clear(&share->error);
	pthread_cond_destroy(&share->changed);
	pthread_mutex_destroy(&share->lock);
	free(share);
}
