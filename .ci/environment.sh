# Shared by ./run and ./test: a Python environment in .venv, made once, repaired when interrupted.

stop() { printf '%s\n' "$*" >&2; exit 2; }

find_python() {
  local candidate
  for candidate in python3.11 python3.12 python3.13 python3; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      "$candidate" -c 'import venv, ensurepip, sqlite3, ssl' 2>/dev/null \
        || stop "Python 缺少 venv、sqlite3 或 ssl。Debian 上请由管理员执行:apt-get install python3-venv"
      PYTHON=$candidate; return
    fi
  done
  stop "需要 Python 3.11 或更新版本。Debian 12 上请由管理员执行:apt-get install python3 python3-venv"
}

# make_environment run|test : installs the pinned packages; a stamp tells whether the last installation was completed.
make_environment() {
  local kind=$1 extra="" stamp=".venv/.made-for-$1" wanted free
  wanted=$(cat pyproject.toml constraints.txt | cksum)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && [ -x .venv/bin/gongkai ] && return 0
  find_python
  free=$(df -Pm . | awk 'NR==2 {print $4}')
  [ "$free" -ge 900 ] || stop "磁盘空间不足:这里只剩 ${free} MB,安装需要约 900 MB。请清出空间后再次运行。"
  printf '正在准备运行环境(第一次约需一分钟)……\n'
  if ! [ -x .venv/bin/python ] || ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    rm -rf .venv
    "$PYTHON" -m venv .venv || stop "不能在 $(pwd)/.venv 建立运行环境。请检查该文件夹是否可写、磁盘是否已满。"
  fi
  [ "$kind" = test ] && extra="[dev]"
  local offline=()
  # An office without a network brings the packages in a folder named wheels (docs/how-to/offline.md).
  [ -d wheels ] && offline=(--no-index --find-links wheels)
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input "${offline[@]}" \
    -c constraints.txt --config-settings editable_mode=compat -e ".$extra" || stop \
"安装软件包没有完成。第一次启动需要联网;没有网络时,请在有网的机器上执行
  pip download -d wheels -c constraints.txt . setuptools wheel
把 wheels 文件夹拷到这里,再次运行。若上面提示 No space left,请先清出磁盘空间。"
  # Compiled once here, also where the machine is told not to keep bytecode: commands then start in milliseconds.
  .venv/bin/python -m compileall -q gongkai
  .venv/bin/gongkai due publish --from 2012-09-26 >/dev/null
  printf '%s' "$wanted" > "$stamp"
}
