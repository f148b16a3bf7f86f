// Program pgbouncer_exporter tells Prometheus what PgBouncer's admin console shows, under the names, the flag and the
// environment of prometheus-community/pgbouncer_exporter, whose module is not on every Go proxy.
package main

import (
	"database/sql"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"time"

	_ "github.com/lib/pq"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// version is set by the linker.
var version = "unknown"

func main() {
	listen := flag.String("web.listen-address", ":9127", "where to serve /metrics")
	target := flag.String("pgBouncer.connectionString", os.Getenv("PGBOUNCER_EXPORTER_CONNECTION_STRING"), "the admin console")
	level := flag.String("log.level", "info", "debug, info, warn or error")
	printVersion := flag.Bool("version", false, "print the version")
	flag.Parse()
	if *printVersion {
		fmt.Printf("pgbouncer_exporter, version %s (firedrill)\n", version)
		return
	}
	var logLevel slog.Level
	if err := logLevel.UnmarshalText([]byte(*level)); err != nil {
		fatal("bad --log.level", err)
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: logLevel})))

	database, err := sql.Open("postgres", *target)
	if err != nil {
		fatal("bad connection string", err)
	}
	database.SetMaxOpenConns(1)
	database.SetConnMaxIdleTime(time.Minute)

	registry := prometheus.NewRegistry()
	registry.MustRegister(
		&console{database: database},
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("/{$}", func(answer http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(answer, "pgbouncer_exporter: see /metrics")
	})
	server := &http.Server{Addr: *listen, Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	fatal("cannot serve", server.ListenAndServe())
}

func fatal(what string, err error) {
	fmt.Fprintf(os.Stderr, "pgbouncer_exporter: %s: %v\n", what, err)
	os.Exit(1)
}
