package main

import (
	"context"
	"database/sql"
	"log/slog"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// deadline is shorter than a scrape: a pool that does not answer is told as pgbouncer_up 0, not as a lost target.
const deadline = 800 * time.Millisecond

var upDescription = prometheus.NewDesc("pgbouncer_up", "Whether the admin console answered.", nil, nil)

// console asks PgBouncer's admin console at each scrape. It describes nothing, for the rows are only known then.
type console struct {
	database *sql.DB
}

func (*console) Describe(chan<- *prometheus.Desc) {}

func (c *console) Collect(metrics chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	up := 1.0
	for _, one := range tables {
		rows, err := show(ctx, c.database, one.command)
		if err != nil {
			slog.Warn("the admin console did not answer", "command", one.command, "error", err)
			up = 0
			break
		}
		one.emit(rows, metrics)
	}
	metrics <- prometheus.MustNewConstMetric(upDescription, prometheus.GaugeValue, up)
}

// row is one line of a SHOW command, by column.
type row map[string]string

func (r row) number(column string) (float64, bool) {
	value, err := strconv.ParseFloat(r[column], 64)
	return value, err == nil
}

// show runs a SHOW command; a column that is NULL is left out.
func show(ctx context.Context, database *sql.DB, command string) ([]row, error) {
	rows, err := database.QueryContext(ctx, "SHOW "+command)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var found []row
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		targets := make([]any, len(columns))
		for index := range values {
			targets[index] = &values[index]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		line := row{}
		for index, column := range columns {
			if values[index].Valid {
				line[column] = values[index].String
			}
		}
		found = append(found, line)
	}
	return found, rows.Err()
}
