# Shared by ./test and the benchmarks: a throw-away PostgreSQL and a headless Chromium.

install_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

find_chromium() {
  local candidate
  for candidate in chromium-headless-shell chromium google-chrome; do
    command -v "$candidate" 2>/dev/null && return 0
  done
  return 1
}

find_postgres() {
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)
  [ -n "$found" ] && dirname "$found"
}

# A server never runs as root, so root hands it to the postgres user that the Debian package makes.
as_database_owner() {
  if [ "$(id -u)" = 0 ]; then setpriv --reuid postgres --regid postgres --clear-groups -- "$@"; else "$@"; fi
}

start_postgres() {
  local bin=$1 port
  PGWORK=$(mktemp -d /tmp/gongkai-pg.XXXXXX)
  [ "$(id -u)" = 0 ] && chown postgres "$PGWORK"
  port=$(.venv/bin/python -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
  (cd /tmp && as_database_owner "$bin/initdb" -D "$PGWORK/data" -U gongkai -A trust -E UTF8 --locale=C.UTF-8 >"$PGWORK/initdb.log" 2>&1) \
    || { cat "$PGWORK/initdb.log" >&2; return 1; }
  (cd /tmp && as_database_owner "$bin/pg_ctl" -D "$PGWORK/data" -w -l "$PGWORK/log" \
    -o "-p $port -k $PGWORK -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off ${PG_OPTIONS:-}" start >/dev/null) \
    || { cat "$PGWORK/log" >&2; return 1; }
  PG_BIN=$bin
  POSTGRES_URL="postgres://gongkai@127.0.0.1:$port/postgres"
}

# Debian packages that are missing, in one go; ./test calls it beside what needs only the processor.
install_services() {
  local missing=()
  [ -n "$(find_postgres)" ] || missing+=(postgresql)
  find_chromium >/dev/null || missing+=(chromium-headless-shell)
  command -v soffice >/dev/null 2>&1 || missing+=(libreoffice-writer-nogui)
  [ ${#missing[@]} -eq 0 ] || install_debian "${missing[@]}" || true  # whatever failed is tried again one by one
}

prepare_services() {
  local bin
  bin=$(find_postgres) || true
  if [ -z "$bin" ] && install_debian postgresql; then bin=$(find_postgres); fi
  [ -n "$bin" ] && start_postgres "$bin"
  GONGKAI_CHROMIUM=$(find_chromium) || { install_debian chromium-headless-shell && GONGKAI_CHROMIUM=$(find_chromium); } || true
  # Old Word files are read, and ours are opened, through LibreOffice.
  command -v soffice >/dev/null 2>&1 || install_debian libreoffice-writer-nogui || true
  export POSTGRES_URL GONGKAI_CHROMIUM
}

stop_services() {
  if [ -n "${PGWORK:-}" ]; then
    (cd /tmp && as_database_owner "$PG_BIN/pg_ctl" -D "$PGWORK/data" -m immediate stop >/dev/null 2>&1) || true
    rm -rf "$PGWORK"
  fi
  [ -n "${home:-}" ] && rm -rf "$home"
  return 0
}
