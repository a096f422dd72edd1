# Sourced by ./test: a PostgreSQL server of its own, in a private folder, for as long as the tests on it run.
# No network port: a socket in a folder that only its owner (and root) can enter.

server_programs() { # the newest server's folder of programs, into BIN; Debian keeps them out of PATH
    for BIN in "$(dirname "$(command -v initdb || echo /nowhere/)")" \
        $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null |
            sort -rV); do
        if [ -x "$BIN/initdb" ] && [ -x "$BIN/pg_ctl" ]; then return; fi
    done
    return 1
}

fetch_server() {
    apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends postgresql
}

as_server() { # PostgreSQL refuses to be root
    if [ "$(id -u)" != 0 ]; then "$@"
    elif command -v runuser >/dev/null 2>&1; then runuser -u postgres -- "$@"
    else setpriv --reuid=postgres --regid=postgres --init-groups "$@"; fi
}

start_server() {
    CLUSTER=$(mktemp -d "${TMPDIR:-/tmp}/shanzhi-pg.XXXXXX") || return
    trap stop_server EXIT
    trap 'exit 130' INT TERM
    if [ "$(id -u)" = 0 ]; then chown postgres "$CLUSTER" || return; fi
    # Sorted as a dictionary sorts Chinese where the server can: whoever leans on the order of SQLite is found out.
    set -- "$BIN/initdb" -D "$CLUSTER/data" -U postgres -A trust -E UTF8 --no-sync
    (cd "$CLUSTER" && as_server "$@" --locale=C --locale-provider=icu --icu-locale=zh-Hans-CN) >>"$LOG" 2>&1 ||
        (rm -rf "$CLUSTER/data" && cd "$CLUSTER" && as_server "$@" --locale=C) >>"$LOG" 2>&1 || return
    cat >>"$CLUSTER/data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$CLUSTER'
port = 5432
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
END
    (cd "$CLUSTER" && as_server "$BIN/pg_ctl" -D data -l log -w start) >>"$LOG" 2>&1 || {
        cat "$CLUSTER/log" >>"$LOG"
        return 1
    }
    unset PGSERVICE PGPASSWORD PGOPTIONS PGSSLMODE
    export PGHOST="$CLUSTER" PGPORT=5432 PGUSER=postgres SHANZHI_POSTGRES=postgresql:///shanzhi SHANZHI_FIRST_START=1
}

stop_server() {
    if [ -f "$CLUSTER/data/postmaster.pid" ]; then
        (cd "$CLUSTER" && as_server "$BIN/pg_ctl" -D data -m immediate -w stop) >>"$LOG" 2>&1 || true
    fi
    rm -rf "$CLUSTER"
}

# A server to test on: the one that SHANZHI_POSTGRES named, else one of our own. 77: none can be had here.
postgres() {
    if [ -n "$GIVEN_POSTGRES" ]; then
        export SHANZHI_POSTGRES="$GIVEN_POSTGRES" SHANZHI_FIRST_START=1
        return
    fi
    if ! server_programs && [ "$(id -u)" = 0 ] && [ -f /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; then
        working "安装 PostgreSQL Installing PostgreSQL" fetch_server || true
    fi
    if ! server_programs; then
        say "本机没有 PostgreSQL 服务器，这部分测试没有做：请先安装（Debian：以 root 运行 apt install postgresql），或用 SHANZHI_POSTGRES 指定一个。" \
            "No PostgreSQL server on this machine, so nothing was tested on it: install one (Debian: apt install postgresql, as root), or name one in SHANZHI_POSTGRES."
        return 77
    fi
    start_server || {
        say "PostgreSQL 没有启动，原因见 $LOG。" "PostgreSQL did not start; $LOG says why." >&2
        return 1
    }
}
