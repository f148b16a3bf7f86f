// Program ferretdb is FerretDB as its own package embeds it, under the flags of the official program, which refuses to start when it
// was built from its module: the files that tell its version are not in there.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/FerretDB/FerretDB/ferretdb"
)

const module = "github.com/FerretDB/FerretDB"

func main() {
	listen := flag.String("listen-addr", "127.0.0.1:27017", "where MongoDB's wire protocol is served")
	handler := flag.String("handler", "postgresql", "postgresql or sqlite")
	postgres := flag.String("postgresql-url", "postgres://127.0.0.1:5432/ferretdb", "the database behind")
	sqlite := flag.String("sqlite-url", "file:data/", "the folder of the files behind")
	level := flag.String("log-level", "info", "debug, info, warn or error")
	printVersion := flag.Bool("version", false, "print the version")
	flag.Parse()
	if *printVersion {
		fmt.Printf("version: %s (firedrill)\n", version())
		return
	}
	var logLevel slog.Level
	if err := logLevel.UnmarshalText([]byte(*level)); err != nil {
		fatal("bad --log-level", err)
	}
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:      ferretdb.ListenerConfig{TCP: *listen},
		Logger:        slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: logLevel})),
		Handler:       *handler,
		PostgreSQLURL: *postgres,
		SQLiteURL:     *sqlite,
	})
	if err != nil {
		fatal("cannot serve", err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := server.Run(ctx); err != nil {
		fatal("ended", err)
	}
}

func version() string {
	info, _ := debug.ReadBuildInfo()
	for _, dependency := range info.Deps {
		if dependency.Path == module {
			return dependency.Version
		}
	}
	return "unknown"
}

func fatal(what string, err error) {
	fmt.Fprintf(os.Stderr, "ferretdb: %s: %v\n", what, err)
	os.Exit(1)
}
