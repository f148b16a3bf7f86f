package main

import "github.com/prometheus/client_golang/prometheus"

// series is one column of a SHOW command as a metric.
type series struct {
	column string
	kind   prometheus.ValueType
	// factor makes the metric's unit of the column's.
	factor      float64
	description *prometheus.Desc
}

// table is one SHOW command: a row's labels and its metrics.
type table struct {
	command string
	labels  []string
	series  []series
}

const microseconds = 1e-6

var (
	perPool     = []string{"database", "user"}
	perDatabase = []string{"database"}
	byName      = []string{"name", "database"}
)

func gauge(labels []string, column, name, help string) series {
	return series{column, prometheus.GaugeValue, 1, prometheus.NewDesc("pgbouncer_"+name, help, labels, nil)}
}

func counter(factor float64, column, name, help string) series {
	return series{column, prometheus.CounterValue, factor, prometheus.NewDesc("pgbouncer_stats_"+name, help, perDatabase, nil)}
}

var tables = []table{
	{"POOLS", perPool, []series{
		gauge(perPool, "cl_active", "pools_client_active_connections", "Clients that have a server, or need none."),
		gauge(perPool, "cl_waiting", "pools_client_waiting_connections", "Clients that wait for a server."),
		gauge(perPool, "sv_active", "pools_server_active_connections", "Servers that work for a client."),
		gauge(perPool, "sv_idle", "pools_server_idle_connections", "Servers that are ready for a client."),
		gauge(perPool, "sv_used", "pools_server_used_connections", "Servers that are to be checked before their next use."),
		gauge(perPool, "sv_tested", "pools_server_testing_connections", "Servers that are being checked."),
		gauge(perPool, "sv_login", "pools_server_login_connections", "Servers that are being logged in to."),
	}},
	{"STATS", perDatabase, []series{
		counter(1, "total_query_count", "queries_pooled_total", "Queries."),
		counter(1, "total_xact_count", "sql_transactions_pooled_total", "Transactions."),
		counter(1, "total_received", "received_bytes_total", "Bytes from clients."),
		counter(1, "total_sent", "sent_bytes_total", "Bytes to clients."),
		counter(microseconds, "total_query_time", "queries_duration_seconds_total", "Time in queries."),
		counter(microseconds, "total_xact_time", "server_in_transaction_seconds_total", "Time in transactions."),
		counter(microseconds, "total_wait_time", "client_wait_seconds_total", "Time that clients waited for a server."),
	}},
	{"DATABASES", byName, []series{
		gauge(byName, "pool_size", "databases_pool_size", "Servers that a pool may have."),
		gauge(byName, "current_connections", "databases_current_connections", "Servers that the database has."),
	}},
}

var maxWait = prometheus.NewDesc("pgbouncer_pools_client_maxwait_seconds", "How long the oldest waiting client has waited.", perPool, nil)

func (t table) emit(rows []row, metrics chan<- prometheus.Metric) {
	for _, line := range rows {
		labels := make([]string, len(t.labels))
		for index, label := range t.labels {
			labels[index] = line[label]
		}
		for _, one := range t.series {
			if value, ok := line.number(one.column); ok {
				metrics <- prometheus.MustNewConstMetric(one.description, one.kind, value*one.factor, labels...)
			}
		}
		if seconds, ok := line.number("maxwait"); ok {
			rest, _ := line.number("maxwait_us")
			metrics <- prometheus.MustNewConstMetric(maxWait, prometheus.GaugeValue, seconds+rest*microseconds, labels...)
		}
	}
}
